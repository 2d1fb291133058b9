"""What changes what a hospital can do."""

from marrow.capacity.actions.expecting import expect_hospital
from marrow.capacity.actions.machines import receive_machine, tell_of_machine
from marrow.capacity.actions.steps import drop_step, propose_step, sign_step, void_step

__all__ = [
    "drop_step",
    "expect_hospital",
    "propose_step",
    "receive_machine",
    "sign_step",
    "tell_of_machine",
    "void_step",
]
