"""From parameters to everything a previs is made of: ground, action, set and camera options."""

from dataclasses import dataclass

import numpy as np

from generation.traditional.previs.action import Action, stage_action
from generation.traditional.previs.ground import Ground
from generation.traditional.previs.massing import Massing, build_massing
from generation.traditional.previs.parameters import PrevisParameters
from generation.traditional.previs.props import Props, place_props
from generation.traditional.previs.shot_plan import Judged, plan_options


@dataclass(frozen=True)
class Plan:
    """A planned previs."""

    action: Action
    massing: Massing
    props: Props
    options: list[Judged]


def plan_for(parameters: PrevisParameters) -> Plan:
    """Stage the action, build the set around it and plan the cameras."""
    ground = Ground.of(parameters)
    action = stage_action(parameters, ground)
    massing = build_massing(parameters, ground, action.door)
    props = place_props(parameters, ground, action.kept_clear())
    bodies = np.concatenate([massing.bodies, props.bodies])
    return Plan(action, massing, props, plan_options(parameters, action, bodies))
