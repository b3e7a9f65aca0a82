"""The words that say which date follows, in the languages of news."""

# Parts of words; a blank before one begins a word.
MODIFIED_WORDS = (
    "upd", "latest version", "latest revision", "modif", "revis", "edited", "last review",
    "last active", "last checked", "reviewed on", "aktualis", "geändert", "stand:",
    "letzte änderung", "zuletzt", "mis à jour", "mise à jour", "màj", "actualiz", "última act",
    "atualiz", "aggiorna", "bijgewerkt", "gewijzigd", "uppdater", "oppdater", "opdater",
    "päivitetty", "muokattu", "güncel", "обновл", "изменен", "редак", "оновлен", "zaktual",
    "aktualiz", "frissít", "módosít", "ενημέρωσ", "τελευταία", "diperbarui", "cập nhật", "更新", "修正",
    "수정", "업데이트", "به‌روز", "بروزرسانی", "آخرین", "تحديث", "عدّل", "עודכן", "अपडेट", "अद्यतन",
    "แก้ไข", "อัปเดต", "আপডেট", "last-modified", "uuendatud", "atjaunin", "atnaujin", "ažurir",
    "kemas kini",
)  # fmt: skip
PUBLISHED_WORDS = (
    "post time", "publish", "posted", "post date", "written on", "created", "issued",
    "first published", "date:", "veröffentlicht", "erschienen", "erstellt", "vom ", "publié",
    "paru", "mis en ligne", "publicad", "publicaci", "fecha", " datum", "pubblicat", "gepubliceerd",
    "geplaatst", "publicer", "publiser", "udgivet", "julkais", "yayın", "eklenme", "giriş",
    "опублик", "дата", "опубліков", "opublik", "publik", "közzé", "megjelen", "δημοσ", "terbit",
    "tayang", "đăng", "发布", "發布", "发表", "公開", "掲載", "配信", "입력", "등록", "게시", "انتشار", "تاریخ",
    "نشر", "تاريخ", "פורסם", "प्रकाशित", "เผยแพร่", "প্রকাশ", "avaldatud", "publicēts", "paskelbta",
    "objavljen", "diterbitkan",
)  # fmt: skip
OTHER_WORDS = (
    "copyright", "©", "(c)", "event", "deadline", "expires", "starts", "begins", "ends", "until",
    "through ", "since", "born", "died", "valid", "founded", "joined", "member since", "due ",
    "sale", "season", "premier", "airs", "comment", "access", "retrieved", "archived", "bis ",
    "ab ", "seit ", "geboren", "jusqu", "depuis", "hasta", "desde", "fino", "截止", "まで", "до ",
    "checked",
)  # fmt: skip
