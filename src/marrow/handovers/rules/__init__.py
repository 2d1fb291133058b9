"""Pure decisions about handovers: whose signature is missing, what names a patient, when to ask."""
