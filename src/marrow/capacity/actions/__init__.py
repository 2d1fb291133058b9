"""What changes what a hospital can do."""

from marrow.capacity.actions.appraisals import appraise_hospital
from marrow.capacity.actions.checks import answer_check
from marrow.capacity.actions.expecting import expect_hospital, expect_no_longer
from marrow.capacity.actions.machines import receive_machine, tell_of_machine
from marrow.capacity.actions.presences import tell_presence
from marrow.capacity.actions.rewording import reword_step
from marrow.capacity.actions.showing import show_step_anew
from marrow.capacity.actions.steps import (
    decline_step,
    drop_step,
    propose_step,
    sign_step,
    void_evidence,
    void_step,
)
from marrow.capacity.actions.supervisions import (
    accept_supervision,
    end_supervision,
    offer_supervision,
)

__all__ = [
    "accept_supervision",
    "answer_check",
    "appraise_hospital",
    "decline_step",
    "drop_step",
    "end_supervision",
    "expect_hospital",
    "expect_no_longer",
    "offer_supervision",
    "propose_step",
    "receive_machine",
    "reword_step",
    "show_step_anew",
    "sign_step",
    "tell_of_machine",
    "tell_presence",
    "void_evidence",
    "void_step",
]
