"""Sentences of pages whose article is gone, elsewhere or not allowed, in many languages.

In lower case. Subject and verb are in one sentence, so that an article about something removed is
none of them.
"""

import re


def _listed(phrases: str) -> tuple[str, ...]:
    return tuple(phrase.strip() for phrase in phrases.split("|") if phrase.strip())


# (the thing that is gone, its state)
_GONE = (
    (
        r"\b(?:(?:this|that) (?:\w+ )?(?:article|story|page|content|post|video|item|document|"
        r"report|link|photo)|the (?:page|article|story|content|post|link))\b",
        r"\b(?:has|have|was|were|is|been)(?: been)?(?: \w+ly| now| since)? (?:removed|deleted|"
        r"withdrawn|taken down|taken offline|unpublished|pulled|moved|expired|"
        r"no longer available)\b",
    ),
    (
        r"\b(?:diese[rs]?|der|die|das) (?:artikel|beitrag|seite|inhalt|text|video|dokument)\b",
        r"\b(?:entfernt|gelöscht|zurückgezogen|depubliziert|verschoben|umgezogen|"
        r"nicht mehr (?:verfügbar|abrufbar|online))\b",
    ),
    (
        r"\b(?:cet|cette|ce|la|le|l')[ ]?(?:article|page|contenu|document|vidéo)\b",
        (r"\b(?:a été|est|n'est) (?:\w+ )?(?:supprimé|retiré|dépublié|effacé|déplacé|"
         r"plus (?:disponible|en ligne))"),
    ),
    (
        r"\b(?:est[ea]|el|la) (?:artículo|página|contenido|noticia|documento|nota)\b",
        r"\b(?:ha sido|fue|se ha) (?:\w+ )?(?:eliminad|retirad|borrad|suprimid|movid|trasladad)",
    ),
    (
        r"\b(?:est[ea]|[oa]) (?:artigo|página|conteúdo|notícia|matéria)\b",
        r"\bfoi (?:\w+ )?(?:removid|apagad|excluíd|retirad|movid)",
    ),
    (
        r"\b(?:quest[oa]|la|il|l')[ ]?(?:articolo|pagina|contenuto|documento|notizia)\b",
        r"\bè stat[oa] (?:\w+ )?(?:rimoss|eliminat|cancellat|ritirat|spostat)",
    ),
    (r"\b(?:dit|deze|het|de) (?:artikel|pagina|bericht|inhoud)\b", r"\b(?:verwijderd|ingetrokken|verplaatst)\b"),
    (
        r"\b(?:artikeln|sidan|artikkelen|siden|artiklen|innholdet|saken)\b",
        r"\b(?:tagits bort|raderats|flyttats|avpublicerats|fjernet|slettet|flyttet|avpublisert)\b",
    ),
    (r"\b(?:artykuł|strona|treść|materiał)\b", r"\bzostał[ao]? (?:\w+ )?(?:usunięt|wycofan|przeniesion)"),
    (r"\b(?:článek|stránka|obsah)\b", r"\b(?:byl[ao]?) (?:\w+ )?(?:odstraněn|smazán|stažen|přesunut)"),
    (r"\b(?:страница|статья|материал|публикация|новость)\b", r"(?:удал[её]н|снят[аоы]? с|перемещ[её]н)"),
    (r"\bbu (?:sayfa|haber|içerik|makale)\b", r"(?:kaldırıl|silin|taşın|yayından)"),
    (r"(?:この|お探しの|該当の)(?:記事|ページ)", r"(?:削除|公開を?終了|掲載を?終了|移転|移動)"),
    (r"(?:该|此|本|您访问的)(?:文章|页面|内容|頁面|內容|新闻)", r"已(?:经|被)?(?:删除|刪除|下线|移除|迁移|下架)"),
    (r"(?:이|해당|요청하신) (?:기사|페이지|콘텐츠|게시물)", r"(?:삭제|이동)되"),
)  # fmt: skip
GONE = re.compile("|".join(rf"{what}[^.!?\n。]{{0,40}}?{became}" for what, became in _GONE))
MOVED_TITLES = _listed(
    "this page has moved|page has moved|page moved|we have moved|we've moved|moved permanently|"
    "301 moved permanently|302 found|object moved|document moved|seite ist umgezogen|"
    "wir sind umgezogen|cette page a déménagé|nous avons déménagé|nos hemos mudado|"
    "esta página se ha mudado|ci siamo trasferiti|mudamos de endereço|wij zijn verhuisd|"
    "vi har flyttat|vi har flyttet|страница перемещена|мы переехали|taşındık|ページが移動|"
    "移転しました"
)
SEARCH_TITLES = _listed(
    "search|search results|search results for|results for|suche|suchergebnisse|suchergebnisse für|"
    "résultats de recherche|résultats de la recherche|résultats pour|resultados de búsqueda|"
    "resultados de la búsqueda|resultados para|resultados da busca|risultati della ricerca|"
    "risultati per|sökresultat|søgeresultater|wyniki wyszukiwania|výsledky vyhledávání|"
    "результаты поиска|arama sonuçları|検索結果|搜索结果|搜尋結果|검색 결과|검색결과|recherche|"
    "résultats|búsqueda|resultados|buscar|ricerca|risultati|busca|pesquisa|zoeken|zoekresultaten|"
    "sök|søk|søg|haku|hakutulokset|wyszukiwanie|wyniki|wyszukiwarka|hledání|vyhledávání|výsledky|"
    "keresés|találatok|căutare|поиск|результаты|пошук|arama|αναζήτηση|بحث|نتائج|جستجو|חיפוש|खोज|"
    "検索|搜索|搜尋|검색|tìm kiếm|pencarian"
)
NO_RESULTS = _listed(
    "no results|returned no|no matches|no articles found|no posts found|no stories found|"
    "nothing matched|not match any|n't match any|nothing found|0 results|found nothing|"
    "couldn't find any|could not find any|keine ergebnisse|keine treffer|keine suchergebnisse|"
    "keine artikel|0 treffer|nichts gefunden|aucun résultat|pas de résultat|0 résultat|"
    "sin resultados|no se encontr|no hay resultados|ningún resultado|0 resultados|"
    "no hemos encontrado|nessun risultato|0 risultati|nessun articolo|nenhum resultado|"
    "sem resultados|não encontramos|geen resultaten|niets gevonden|0 resultaten|inga träffar|"
    "inga resultat|0 träffar|ingen resultater|ingen treff|intet resultat|ei tuloksia|"
    "ei hakutuloksia|brak wyników|nie znaleziono|žádné výsledky|nebylo nalezeno|nic nenalezeno|"
    "nincs találat|niciun rezultat|nu am găsit|ничего не найдено|ничего не нашлось|"
    "результатов не найдено|нічого не знайдено|sonuç bulunamadı|δεν βρέθηκαν|κανένα αποτέλεσμα|"
    "لا توجد نتائج|لم يتم العثور|نتیجه‌ای یافت نشد|نتیجه ای یافت نشد|לא נמצאו תוצאות|"
    "कोई परिणाम नहीं|見つかりませんでした|検索結果はありません|没有找到|沒有找到|未找到相关|"
    "无相关结果|暂无相关|검색 결과가 없|검색결과가 없|không tìm thấy kết quả|tidak ada hasil"
)
GEO_TEXTS = _listed(
    "in your country|in your region|in your location|in your area|in your territory|"
    "available in this country|available in this region|available in this location|"
    "available to visitors from|unavailable to visitors|available to users in|"
    "available to readers in|available from your location|accessible from your|accessible in your|"
    "access from your country|access from your region|blocked in your country|from your country|"
    "from your current location|outside of your country|geo-block|geoblock|geo-restrict|"
    "georestrict|geographic restrict|geographical restrict|regional restriction|"
    "european economic area|most european countries|countries in europe|european union|"
    "data protection rules|data protection regulation|gdpr|for legal reasons|due to legal reasons|"
    "access cannot be granted|unavailable in your|ihrem land|deinem land|ihrer region|"
    "deiner region|ihrem standort|aus rechtlichen gründen|geografisch|votre pays|votre région|"
    "votre zone géographique|raisons légales|raisons juridiques|restriction géographique|su país|"
    "tu país|su región|tu región|su ubicación|tu ubicación|motivos legales|razones legales|"
    "restricción geográfica|tuo paese|suo paese|tua area geografica|tua regione|motivi legali|"
    "seu país|sua região|sua localização|motivos legais|jouw land|uw land|jouw regio|uw regio|"
    "juridische redenen|ditt land|din region|juridiska skäl|dit land|twoim kraju|twoim regionie|"
    "powodów prawnych|vaší zemi|vašem regionu|вашей стран|вашем регион|вашего регион|"
    "юридическим причинам|ülkenizde|bölgenizde|bulunduğunuz|お住まいの地域|お使いの地域|"
    "この地域では|您所在的|你所在的|所在地区|해당 지역|거주 지역|بلدك|منطقتك|کشور شما|במדינתך|"
    "באזור שלך|χώρα σας|περιοχή σας|आपके देश"
)
# Subjects of such sentences: the page or its content.
GEO_REFUSALS = _listed(
    "not available|unavailable|cannot show|can't show|unable to show|unable to display|"
    "cannot display|be shown|be viewed|be given access|be displayed|nicht angezeigt|"
    "nicht abgespielt|nicht zur verfügung|isn't available|n't accessible|not accessible|"
    "not be accessed|cannot access|can't access|cannot be granted|not permitted|blocked|restrict|"
    "denied|nicht verfügbar|nicht zugänglich|nicht abrufbar|gesperrt|pas disponible|indisponible|"
    "pas accessible|bloqué|no está disponible|no disponible|no es accesible|no se puede acceder|"
    "bloquead|non è disponibile|non disponibile|non è accessibile|não está disponível|indisponível|"
    "não disponível|niet beschikbaar|niet toegankelijk|inte tillgänglig|ikke tilgængelig|"
    "ikke tilgjengelig|niedostępn|nie jest dostępn|nedostupn|není dostupn|недоступ|ограничен|"
    "заблокирован|kullanılamıyor|mevcut değil|erişilemiyor|ご利用いただけません|ご覧いただけません|"
    "無法|无法|不可用|不提供|이용할 수 없|غير متاح|غير متوفر|در دسترس نیست|אינו זמין|לא זמין|"
    "δεν είναι διαθέσιμ|उपलब्ध नहीं"
)
