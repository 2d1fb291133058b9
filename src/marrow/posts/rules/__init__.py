"""Pure decisions about life on post: who is heard, which rung is due, what two scores say."""
