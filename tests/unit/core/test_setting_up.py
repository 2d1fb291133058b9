"""What `run.py` sets up once is set up again where what it made is gone."""

from __future__ import annotations

from pathlib import Path

import run


def test_words_are_compiled_again_where_they_are_gone_though_nothing_changed(
    tmp_path: Path,
) -> None:
    stamp, written, compiled = (tmp_path / name for name in ("stamp", "words.po", "words.mo"))
    written.write_text("words")
    step = run.Step(stamp, written, makes=[compiled])
    assert step
    compiled.write_text("compiled")
    step.done()
    assert not run.Step(stamp, written, makes=[compiled])
    compiled.unlink()
    assert run.Step(stamp, written, makes=[compiled])
