"""A small production in a real ledger, written as a history bundle: four shots, a fallback, a retake, bills."""

from pathlib import Path

from analytics.importers.history.importing import import_history
from analytics.ledger.ledger import Ledger
from analytics.ledger.reckoning import reckon_shots

FILES = {
    "productions": """production_id,name,currency,fps,territory,started_on,locked_budget_amount
P1,Salt Line 1,CAD,24,CA-BC,2026-01-05,60000
""",
    "shots": """shot_id,production_id,sequence,code,kind,complexity,cut_frames,turnover_on,due_on,final_on,status
S1,P1,SQ10,SQ10_010,cleanup,easy,96,2026-02-02,2026-02-20,2026-02-18,final
S2,P1,SQ10,SQ10_020,destruction,hard,72,2026-02-02,2026-03-06,,open
S3,P1,SQ20,SQ20_010,crowd,medium,60,2026-02-09,2026-03-06,,omitted
S4,P1,SQ20,SQ20_020,creature,hero,120,2026-03-02,2026-04-10,,open
""",
    "assignments": """shot_id,workflow,started_on,ended_on,outcome
S1,traditional,2026-02-02,,final
S2,ai,2026-02-02,2026-02-16,fell_back
S2,traditional,2026-02-16,,open
S3,traditional,2026-02-09,2026-02-24,omitted
""",
    "work_entries": """work_entry_id,shot_id,department,vendor,worked_on,people_hours
W1,S1,comp,,2026-02-04,10
W2,S1,prep,,2026-02-12,20
W3,S2,comp,Mill,2026-02-10,30
W4,S2,fx,Mill,2026-02-17,16
W5,S3,comp,,2026-02-11,5.5
W6,S1,comp,,2026-02-26,4
W7,S2,fx,Mill,2026-03-03,40
""",
    "charges": """charge_id,production_id,shot_id,category,amount,currency,charged_on
C1,P1,,storage,100.01,CAD,2026-02-06
C2,P1,S2,api,12.50,USD,2026-02-12
C3,P1,,storage,200,CAD,2026-03-05
""",
    "rates": """resource,unit,price,currency,valid_from,source
labour,hour,100,CAD,2026-01-01,studio
labour:fx,hour,130,CAD,2026-01-01,studio
""",
    "fx_rates": """from_currency,to_currency,rate,valid_from
USD,CAD,1.4,2026-01-01
""",
}


def running_ledger(folder: Path) -> Ledger:
    """A ledger that holds it, reckoned."""
    bundle = folder / "bundle"
    bundle.mkdir()
    for name, text in FILES.items():
        (bundle / f"{name}.csv").write_text(text, encoding="utf-8")
    ledger = Ledger.open(folder / "studio.duckdb")
    import_history(ledger, bundle)
    reckon_shots(ledger)
    return ledger
