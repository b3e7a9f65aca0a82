"""Phrases of prompts, credits, bylines and teasers, in many languages; no page's text."""

from newsspider.extraction.evidence.teaser_phrases import (
    TEASER_PHRASES,
    UNSPACED_TEASER_PHRASES,
)

# By group, parted by bars; matched as whole words in lower case, at the start of a block or
# anywhere in a short one.
PHRASES: dict[str, str] = {
    "related": "|".join(TEASER_PHRASES.values()),
    "newsletter": (
        "newsletter|subscribe|sign up|signup|join our|get our|get the|register|create account|"
        "already a|become a|download the app|download our|subscribe to|unlock|log in|login|sign in|"
        "get unlimited|free trial|enter your email|email address|abonnieren|jetzt abonnieren|"
        "anmelden|abonnez-vous|inscrivez-vous|s'abonner|suscríbete|suscribirse|regístrate|boletín|"
        "assine|inscreva-se|cadastre-se|iscriviti|abbonati|schrijf je in|meld je aan|abonnement|"
        "tilmeld|meld deg|prenumerera|tilaa|zapisz się|zaloguj się|odběr|iratkozz|подпишитесь|"
        "подписывайтесь|подписаться|підписуйтесь|abone ol|berlangganan|đăng ký|εγγραφείτε|write to|"
        "write to us|write us|email us|send us|get in touch|contact our|have a story|got a story|"
        "got a tip|schreiben sie uns|schreiben sie an|schicken sie uns|écrivez-nous|contactez-nous|"
        "escríbenos|escríbanos|escreva para|scrivici|scrivi a|schrijf ons|mail ons|napisz do nas|"
        "напишите нам|пишите нам|اشترك|عضویت|הירשמו|सब्सक्राइब|donate|support us|support our|"
        "spenden|unterstützen sie|faire un don|dona|doar"
    ),
    "social": (
        "follow us|follow|share|share this|share on|tweet|facebook|twitter|whatsapp|telegram|"
        "instagram|linkedin|pinterest|copy link|email|print|like us|find us|join us|teilen|"
        "folgen sie|drucken|partager|suivez|suivez-nous|imprimer|compartir|síguenos|siga|siga-nos|"
        "compartilhar|compartilhe|condividi|seguici|stampa|delen|volg ons|del|følg|dela|följ|jaa|"
        "udostępnij|obserwuj|sdílet|megosztás|kövess|поделиться|следите|поділитися|paylaş|takip|"
        "bagikan|ikuti|chia sẻ|μοιραστείτε|ακολουθήστε|شارك|تابعنا|تابعونا|اشتراک|שתפו|עקבו|शेयर|"
        "फॉलो"
    ),
    "ad": (
        "advertisement|advertising|ad|ads|sponsored|sponsored content|promoted|anzeige|werbung|"
        "publicité|publicidad|publicidade|pubblicità|advertentie|reklame|annonce|annons|mainos|"
        "reklama|inzerce|hirdetés|реклама|reklam|iklan|quảng cáo|διαφήμιση|إعلان|اعلان|تبلیغات|"
        "פרסומת|विज्ञापन|affiliate|article continues|story continues|continues below|"
        "this article contains affiliate|we may earn"
    ),
    "rights": (
        "copyright|all rights|©|(c)|alle rechte|tous droits|todos los derechos|todos os direitos|"
        "tutti i diritti|reproduction|terms of|privacy|cookie|cookies|we use cookies|disclaimer|"
        "the views expressed|this site|by using|wszelkie prawa|все права|tüm hakları|hak cipta|"
        "impressum|datenschutz|reproducción|licensed under|this article was originally|"
        "this story was originally|republished"
    ),
    "credit": (
        "photo|photos|image|images|picture|pictures|credit|photo credit|image credit|photograph|"
        "photo by|image by|file photo|foto|fotos|bild|bilder|photo :|crédit|crédits|crédit photo|"
        "fotografía|imagen|imagem|reprodução|getty|getty images|reuters|afp|ap photo|epa|dpa|"
        "shutterstock|istock|via getty|video|graphic|illustration|zdjęcie|fot|фото|kuva|kép|"
        "fotoğraf|gambar|ảnh|φωτογραφία|صورة|عکس|צילום|फोटो"
    ),
    "comment": (
        "comments|add comment|write a comment|comment on this|comment policy|leave a|leave a reply|"
        "leave a comment|post a comment|join the conversation|join the discussion|add a comment|"
        "reply|view comments|show comments|your email|required fields|kommentar|kommentare|"
        "kommentieren|commentaire|commentaires|réagir|répondre|comentario|comentarios|comentar|"
        "deja un|responder|comentários|deixe um|commenti|lascia un|commenta|reacties|reageer|"
        "kommentarer|kommentoi|komentarze|komentarz|dodaj komentarz|komentáře|hozzászólás|"
        "комментарии|комментарий|оставить|коментарі|yorum|yorumlar|komentar|bình luận|σχόλια|تعليق|"
        "تعليقات|نظر|نظرات|دیدگاه|תגובות|टिप्पणी|please keep|our community|moderated"
    ),
    "byline": (
        "by|written by|author|about the author|about author|posted by|reporting by|edited by|"
        "posted|published|updated|last updated|modified|reviewed by|min read|minute read|"
        "minutes read|von|autor|veröffentlicht|aktualisiert|stand|publié|mis à jour|rédigé|par|por|"
        "publicado|actualizado|atualizado|escrito|di|pubblicato|aggiornato|a cura|door|"
        "gepubliceerd|bijgewerkt|af|av|publisert|publicerad|oppdatert|uppdaterad|julkaistu|autorka|"
        "opublikowano|aktualizacja|autoři|szerző|автор|опубликовано|обновлено|yazar|güncelleme|"
        "yayınlanma|oleh|penulis|tác giả|συντάκτης|بقلم|كتب|نویسنده|מאת|लेखक"
    ),
    "author": (
        "is a freelance|is a writer|is a senior|is a staff|is an award|is the author|"
        "is a journalist|is a reporter|is a contributor|is the founder|is an editor|is the editor|"
        "has written|is a professor|is director|about us|about the company|contact us|contact|"
        "reach him|reach her|he is|she is|follow him|follow her|email him|email her|ist redakteur|"
        "ist redakteurin|ist autor|est journaliste|es periodista|é jornalista|è giornalista"
    ),
    "tags": (
        "tags|tag|topics|topic|filed under|categories|category|keywords|themen|schlagworte|sujets|"
        "mots-clés|etiquetas|temas|tópicos|assuntos|argomenti|trefwoorden|emner|ämnen|avainsanat|"
        "tagi|tagy|štítky|címkék|теги|метки|теми|etiketler|topik|chủ đề|ετικέτες|الوسوم|برچسب|"
        "تגיות|תגיות|टैग|in this article|more on|source|sources|quelle|fonte|fuente|bron|źródło|"
        "источник|kaynak|sumber|nguồn|references"
    ),
    "tool": (
        "listen to this|play|pause|mute|volume|loading|search|menu|home|skip|close|open|"
        "back to top|go back|next|previous|show more|load more|zoom|expand|text size|font size|"
        "translate|jump to|table of contents|contents|advertise|report|save|bookmark|accept|"
        "settings|error|startseite|inhalt|accueil|inicio|início"
    ),
    "notice": (
        "correction|editor's note|editor’s note|clarification|update|this story has been|"
        "this article has been|note|anmerkung|korrektur|hinweis"
    ),
}

# Scripts written without spaces: found anywhere in a short text.
UNSPACED_PHRASES: dict[str, str] = {
    "related": "|".join(UNSPACED_TEASER_PHRASES.values()),
    "newsletter": "登録|ログイン|会員|订阅|訂閱|登录|登入|注册|구독|로그인|회원가입|สมัคร",
    "social": "シェア|フォロー|分享|关注|追蹤|转发|공유|팔로우|แชร์|ติดตาม",
    "ad": "広告|广告|廣告|광고|โฆษณา",
    "rights": "無断|禁じます|著作権|版权|版權|转载|轉載|저작권|무단전재|재배포|ลิขสิทธิ์",
    "credit": "写真|撮影|提供|图片|圖片|图源|摄影|사진|ภาพ",
    "comment": "コメント|评论|評論|留言|댓글|ความคิดเห็น",
    "byline": "記者|编辑|責任編輯|责任编辑|记者|기자|更新|発行|配信|来源|來源|입력|수정|เผยแพร่",
    "tags": "タグ|キーワード|标签|標籤|关键词|태그|แท็ก",
}

# Beginnings of sentences that ask something of the reader; unlike the phrases above, none
# begins a piece of news.
REQUESTS = (
    "click here|tap here|read our|see our|watch our|listen to our|sign up|subscribe to|"
    "subscribe now|subscribe here|subscribe|follow us|like us|find us|join us on|join our|get our|"
    "get the latest|download our|download the app|support us|support our|write to us|write to|"
    "write us|email us|send us|get in touch|contact our|contact us|have a story|got a story|"
    "got a tip|have a tip|register here|register for|register now|share this|tweet us|klicken sie|"
    "hier klicken|folgen sie|abonnieren sie|jetzt abonnieren|melden sie sich|unterstützen sie|"
    "schreiben sie uns|schreiben sie an|schicken sie uns|suivez-nous|abonnez-vous|inscrivez-vous|"
    "cliquez ici|cliquez pour|écrivez-nous|contactez-nous|síguenos|síganos|suscríbete|suscríbase|"
    "regístrate|haz clic|haga clic|escríbenos|escríbanos|siga-nos|inscreva-se|cadastre-se|"
    "clique aqui|escreva para|seguici|iscriviti|abbonati|clicca qui|scrivici|volg ons|meld je|"
    "schrijf je in|klik hier|schrijf ons|mail ons|følg os|følg oss|tilmeld dig|meld deg|klikk her|"
    "prenumerera på|anmäl dig|följ oss|klicka här|tilaa|zapisz się|obserwuj nas|kliknij|"
    "napisz do nas|přihlaste se|sledujte nás|iratkozz|kövess|подпишитесь|подписывайтесь|нажмите|"
    "напишите нам|пишите нам|підпишіться|підписуйтесь|abone ol|abone olun|takip edin|ikuti kami|"
    "klik di sini|đăng ký|εγγραφείτε|ακολουθήστε μας|اشترك|اشتركوا|تابعونا|تابعنا|עקבו אחרינו|"
    "הירשמו|सब्सक्राइब करें|फॉलो करें|únete a nuestro|únete a nuestra|únete al canal|"
    "únete al grupo|únete desde|únete aquí|únase a nuestro|únase al canal|sigue nuestro|"
    "siga nuestro|seguinos|suscribite|descarga nuestra|descarga la app|descargue nuestra|"
    "recibe nuestro|reciba nuestro|visita nuestro canal|haz click|haga click|siga o canal|"
    "siga nosso|entre no canal|entre no grupo|participe do canal|participe do grupo|"
    "receba as notícias|receba notícias|baixe o app|baixe nosso|assine nossa|assine nosso|"
    "rejoignez-nous|rejoignez notre|téléchargez notre|téléchargez l'application|"
    "téléchargez l’application|recevez notre|recevez nos|soutenez-nous|laden sie unsere|"
    "lade unsere|laden sie die app|melde dich|meldet euch|submit your letter|folge uns|folgt uns|"
    "abonniere unseren|abonniere den|"
    "segui il canale|segui la pagina|scarica l'app|scarica l’app|scarica la nostra|download onze|"
    "abonneer je|dołącz do nas|zaobserwuj nas|pobierz aplikację|pobierz naszą|подпишись|"
    "подписывайся|присоединяйтесь|следите за нами|читайте нас|скачайте приложение|приєднуйтесь|"
    "слідкуйте за нами|bizi takip|bültenimize|uygulamamızı indirin|ikuti berita|gabung di|"
    "dapatkan update|unduh aplikasi|theo dõi chúng tôi|انضم إلى قناتنا|انضموا إلى قناتنا|"
    "حمل تطبيق|تابعوا قناتنا"
)

# Whole lines that announce an advertisement, or say that the article goes on below it.
AD_LABELS = (
    "ad|ads|advertisement|advertisements|advertising|advertorial|sponsored|sponsored content|"
    "promoted|promoted content|advertisement continue reading below|"
    "advertisement article continues below|advertisement story continues below|"
    "advertisement scroll to continue|advertisement scroll to continue reading|"
    "scroll to continue with content|article continues below|article continues below this ad|"
    "article continues below advertisement|article continues after advertisement|"
    "article continues after ad|story continues below|story continues below this ad|"
    "story continues below advertisement|story continues after advertisement|"
    "continue reading below|continues below advertisement|anzeige|anzeigen|werbung|publicité|"
    "la suite après la publicité|la suite après cette publicité|"
    "l'article continue après la publicité|publicidad|publicidade|continua após a publicidade|"
    "continua depois da publicidade|continúa después de la publicidad|pubblicità|"
    "continua dopo la pubblicità|continua a leggere dopo la pubblicità|"
    "l'articolo continua dopo la pubblicità|advertentie|artikel gaat verder onder advertentie|"
    "artikel gaat verder onder de advertentie|lees verder onder de advertentie|reklame|annonce|"
    "artiklen fortsætter under annoncen|artiklen fortsætter efter annoncen|annons|"
    "artikeln fortsätter under annonsen|artikeln fortsätter efter annonsen|"
    "artikkelen fortsetter under annonsen|saken fortsetter under annonsen|"
    "saken fortsetter etter annonsen|mainos|juttu jatkuu mainoksen jälkeen|"
    "artikkeli jatkuu mainoksen jälkeen|reklama|dalsza część artykułu pod reklamą|inzerce|inzercia|"
    "článek pokračuje pod reklamou|hirdetés|a cikk a hirdetés után folytatódik|publicitate|oglas|"
    "oglasi|реклама|оглас|reklam|iklan|quảng cáo|διαφήμιση|إعلان|إعلانات|اعلان|تبلیغات|פרסומת|"
    "विज्ञापन|বিজ্ঞাপন|விளம்பரம்|広告|スポンサーリンク|广告|廣告|광고|โฆษณา"
)
