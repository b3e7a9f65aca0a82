"""Words of paywalls: the readers that a text is for, and the price of a subscription.

The patterns are for texts in lower case of a few hundred characters.
"""

import re

_GAP = r"\b[^.!?\n]{0,60}?"  # between the text and its readers: both are in one sentence
FOR_READERS = re.compile(
    r"\b(?:this (?:\w+ )?(?:story|article|post|piece|report|analysis|column|interview|content|"
    r"edition|episode)|(?:the )?(?:full|whole|rest of (?:the|this)) (?:story|article|post|piece|"
    r"text|report|interview|\w+)) is(?: (?:only|exclusively|just|available|reserved|exclusive|open|"
    r"unlocked|restricted|limited))* (?:for|to) (?!all |every|general|"
    r"anyone)[^.!?\n]{0,40}\b(?:readers|members|subscribers|supporters|patrons|insiders)|"
    rf"\bdies(?:er|e|es) (?:artikel|beitrag|text|inhalt|geschichte|bericht|analyse|"
    rf"interview) ist{_GAP}"
    r"\b(?:leser|mitglied|abonn|kund|unterstützer|plus)|"
    rf"\b(?:cet|cette|ce) (?:article|contenu|texte|récit|enquête|entretien|analyse) est{_GAP}"
    r"\b(?:abonné|membres|adhérents)|"
    r"\best[ea] (?:artículo|contenido|noticia|texto|reportaje|artigo|conteúdo|matéria|reportagem) "
    rf"(?:es|é){_GAP}\b(?:suscriptor|soci[oa]s|abonad|assinante|membros|miembros)|"
    rf"\bquest(?:o |a |')(?:articolo|contenuto|intervista|inchiesta) è{_GAP}"
    r"\b(?:abbonat|soci\b|iscritti|sostenitori)|"
    rf"\bdit (?:artikel|verhaal|stuk|interview) is{_GAP}\b(?:abonnees|leden|vrienden)|"
    rf"\b(?:artikeln?|saken?|innholdet|teksten|texten) (?:är|er){_GAP}\b(?:prenumerant|abonnent|"
    rf"medlem)|\b(?:ten|ta) (?:artykuł|tekst|treść|rozmowa) jest{_GAP}\b(?:subskryb|prenumer|"
    rf"abonent)|\bэт(?:от|а|и) (?:материал|статья|текст|публикация){_GAP}(?:подписчик|подписк)"
)

_AMOUNT = r"\d{1,4}(?:[.,]\d{1,2})?"
PRICE = re.compile(
    rf"(?:[$€£¥₹]|\b(?:us\$|usd|eur|gbp|chf|kr|zł|tl)) ?{_AMOUNT}|"
    rf"\b{_AMOUNT} ?(?:[€£$₽₹円元원]|euros?\b|eur\b|kr\b|zł|kč|ft\b|chf|tl\b|руб)"
)
PERIOD = re.compile(
    r"\b(?:weeks?|months?|years?|days?|wk|mo|monat\w*|woche\w*|jahr\w*|mois|semaines?|an|ans|année|"
    r"mes|meses|semanas?|años?|mese|mesi|settiman[ae]|anno|mês|ano|maand\w*|weken|jaar|måned\w*|"
    r"månad\w*|uker?|veckor|vecka|år|miesiąc\w*|tydzień|tygodni\w*|rok|měsíc\w*|месяц\w*|недел\w*|"
    r"год|ay|aylık|hafta)\b|[月年週周]|개월|주"
)
OFFER = re.compile(
    r"subscri|trial|membership|unlimited|unlock|\btry\b|\bjoin\b|\bthen\b|\baccess\b|abo\b|abos\b|"
    r"abonn|probe|testen|danach|weiterlesen|essai|essay|accès|offre|puis\b|suscri|prueba|acceso|"
    r"después|assin|acesso|prova|accesso|poi\b|daarna|proef|prenumer|därefter|deretter|derefter|"
    r"subskryb|dostęp|potem|předplat|elofizet|előfizet|подпис|abonelik|購読|订阅|구독"
)
