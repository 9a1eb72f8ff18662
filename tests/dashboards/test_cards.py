from analytics.vocabulary.errors import Problem
from analytics.vocabulary.origin import Origin
from analytics.vocabulary.workflow import Workflow
from dashboards.look.cards import SideValue, limits, page_head, problem_box, teach, value_card

AI = SideValue(Workflow.AI, "30.8 s", 30.75)
TRADITIONAL = SideValue(Workflow.TRADITIONAL, "2 min 15 s", 123.0)


def test_bars_share_one_scale():
    card = value_card("machine", "Machine clock", [AI, TRADITIONAL], [Origin.MEASURED], "less")
    assert "width:25.00%" in card
    assert "width:100.00%" in card


def test_what_is_even_partly_assumed_is_hatched_and_says_so():
    measured = value_card("machine", "Machine", [AI, TRADITIONAL], [Origin.MEASURED], "less")
    mixed = value_card("cost", "Cost", [AI, TRADITIONAL], [Origin.MEASURED, Origin.ASSUMED], "less")
    assert 'class="ai assumed"' in mixed
    assert 'class="ai assumed"' not in measured
    assert ">measured<" in mixed
    assert ">assumed<" in mixed


def test_an_unknown_side_has_a_word_and_no_bar():
    card = value_card("cost", "Cost", [AI, SideValue(Workflow.TRADITIONAL, "unknown", None)], [], "not known")
    assert "unknown" in card
    assert card.count("width:") == 1


def test_a_value_of_zero_divides_nothing():
    assert "width:" not in value_card("cost", "Cost", [SideValue(Workflow.AI, "0 h", 0.0)], [], "the same")


def test_text_from_outside_is_never_taken_for_html():
    outside = "<script>alert('x')</script>"
    problem = Problem(outside, outside, outside, outside)
    made = [
        page_head(outside, outside, outside, [outside]),
        limits([outside]),
        teach(outside, [outside], outside),
        problem_box(outside, [problem]),
        value_card(outside, outside, [SideValue(Workflow.AI, outside, 1.0)], [], outside, [outside]),
    ]
    assert all("<script" not in html for html in made)
    assert all("&lt;script" in html for html in made)
