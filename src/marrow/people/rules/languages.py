"""Languages that posts and people have, by ISO 639 code, in three tongues."""

from __future__ import annotations

LANGUAGES: dict[str, dict[str, str]] = {
    code: {"en": en, "zh": zh, "fr": fr}
    for code, en, zh, fr in (
        ("fr", "French", "法语", "français"),
        ("en", "English", "英语", "anglais"),
        ("pt", "Portuguese", "葡萄牙语", "portugais"),
        ("es", "Spanish", "西班牙语", "espagnol"),
        ("ar", "Arabic", "阿拉伯语", "arabe"),
        ("ru", "Russian", "俄语", "russe"),
        ("sw", "Swahili", "斯瓦希里语", "swahili"),
        ("bi", "Bislama", "比斯拉马语", "bichelamar"),
        ("bo", "Tibetan", "藏语", "tibétain"),
        ("zh", "Chinese", "汉语", "chinois"),
    )
}
