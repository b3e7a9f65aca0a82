"""Texts of strangers that try to break a page which shows them."""

LONG_WORD = "Hafenmeisterei" * 60
RIGHT_TO_LEFT = "\u202egnp.exe\u2066 ferry"
HOSTILE_TEXTS = (
    "</script><script>document.title = 'boom'</script>",
    "<img src=x onerror=\"document.title = 'boom'\">",
    "<!--<script>document.title = 'boom'//-->",
    "javascript:document.title='boom'",
    '"><svg onload="document.title = \'boom\'">',
    "${document.title = 'boom'} {{constructor.constructor('boom')()}}",
    f"{RIGHT_TO_LEFT} \u202e\u202d\u2067",
    "null \0 byte \x1b[31m \u2028 \u2029 \ufeff",
    LONG_WORD,
)
