"""The labels of genres in the languages of news, above headlines and as names of sections."""

GENRE_OF_TYPE = {
    "ReportageNewsArticle": "reportage",
    "OpinionNewsArticle": "opinion",
    "AnalysisNewsArticle": "analysis",
    "BackgroundNewsArticle": "background",
    "ReviewNewsArticle": "review",
    "CriticReview": "review",
    "EmployerReview": "review",
    "Review": "review",
    "AdvertiserContentArticle": "sponsored",
    "SatiricalArticle": "satire",
}
_LABELS = {
    "news": "breaking news; news report; spot news; meldung; nachricht; eilmeldung",
    "opinion": """
        opinion; opinions; opinion piece; comment; commentary; comment is free; op-ed; op ed; oped;
        column; columns; columnist; columnists; guest column; guest essay; guest commentary;
        viewpoint; viewpoints; perspective; perspectives; point of view; voices; views; kommentar;
        kommentare; gastkommentar; gastbeitrag; meinung; meinungen; leserkommentar; kolumne;
        kolumnen; standpunkt; glosse; debatte; opinión; opinion y análisis; columna; tribuna;
        tribune; opinions et débats; chronique; point de vue; idées; opinião; artigo de opinião;
        coluna; opinione; opinioni; commento; commenti; opinie; mening; meninger; debat; debatt;
        åsikt; kronikk; kronik; krönika; mielipide; kolumni; opinia; opinie i komentarze; felieton;
        komentarz; názor; názory; vélemény; görüş; yazarlar; köşe yazısı; мнение; мнения; колонка;
        думка; погляд; γνώμη; απόψεις; رأي; آراء; مقالات الرأي; דעה; דעות; 評論; 评论; 观点; 社評;
        オピニオン; コラム; 論説; 오피니언; 칼럼; 사설/칼럼; bình luận; góc nhìn; opini; kolom;
        विचार; मत""",
    "editorial": """
        editorial; editorials; leading article; leader; leitartikel; éditorial; edito; édito;
        editoriale; editoriales; lederartikel; leder; ledare; pääkirjoitus; başyazı; передовица;
        社説; 社论; 사설""",
    "analysis": """
        analysis; news analysis; analyse; analysen; análisis; análise; analisi; analys; analyysi;
        analiza; анализ; аналітика; аналитика; ανάλυση; analiz; تحليل; ניתוח; 分析; 解説; phân tích""",
    "background": """
        explainer; explainers; explained; background; hintergrund; erklärt; décryptage; faq;
        backgrounder""",
    "review": """
        review; reviews; book review; book reviews; film review; movie review; album review;
        theatre review; restaurant review; tv review; kritik; filmkritik; buchkritik; rezension;
        rezensionen; testbericht; critique; critiques; reseña; reseñas; crítica; críticas;
        recensione; recensioni; recensie; recensies; recension; anmeldelse; anmeldelser; arvostelu;
        arvio; recenzja; recenzje; recenze; kritika; рецензия; рецензии; 書評; 书评; レビュー; 리뷰""",
    "interview": """
        interview; interviews; the interview; q&a; q & a; questions and answers; im gespräch;
        im interview; entretien; entrevista; entrevistas; intervista; interviste; intervju;
        intervjuer; haastattelu; wywiad; wywiady; rozhovor; rozhovory; interjú; röportaj; söyleşi;
        интервью; інтерв'ю; συνέντευξη; مقابلة; حوار; ראיון; 专访; 訪談; インタビュー; 인터뷰;
        phỏng vấn; wawancara""",
    "profile": """
        profile; profiles; portrait; portrait of the day; porträt; porträts; perfil; ritratto;
        portret; porträtt""",
    "reportage": """
        reportage; reportagen; reportaje; reportajes; reportagem; reportaż; reportáž; репортаж;
        ルポ; 르포""",
    "feature": """
        feature; features; long read; long reads; longread; the long read; longform; feuilleton""",
    "obituary": """
        obituary; obituaries; obit; in memoriam; nachruf; nachrufe; nécrologie; necrológica;
        necrológicas; obituario; obituarios; obituário; necrologio; in ricordo; overlijden;
        nekrolog; dødsfall; minneord; muistokirjoitus; некролог; 訃告; 訃報; 부고""",
    "fact_check": """
        fact check; fact-check; fact checks; factcheck; fact checking; fact-checking; faktencheck;
        faktenchecks; faktencheck des tages; vérification; désintox; fact checking; verificación;
        verificamos; checagem; fact-checking; faktasjekk; faktatjek; faktakoll; faktantarkistus;
        faktoid; проверка фактов; факт-чек; 事実確認; ファクトチェック; 팩트체크; 事实核查;
        cek fakta""",
    "letter": """
        letter; letters; letter to the editor; letters to the editor; readers' letters;
        your letters; leserbrief; leserbriefe; leserpost; courrier des lecteurs; cartas al director;
        cartas de los lectores; lettere; lettere al direttore; lezersbrief; læserbrev; leserbrev;
        insändare; mielipidekirjoitus; listy do redakcji; письма читателей; 読者の声; 投書""",
    "press_release": """
        press release; press releases; news release; media release; pressemitteilung;
        pressemitteilungen; pressemeldung; medienmitteilung; medienmitteilungen; communiqué;
        communiqué de presse; communiqués de presse; comunicado; comunicado de prensa;
        nota de prensa; comunicato stampa; comunicati stampa; persbericht; pressmeddelande;
        pressemeddelelse; pressemelding; lehdistötiedote; tiedote; komunikat prasowy;
        tisková zpráva; sajtóközlemény; basın bülteni; пресс-релиз; прес-реліз; プレスリリース;
        보도자료; 新闻稿""",
    "sponsored": """
        sponsored; sponsored content; sponsored post; paid content; paid post; partner content;
        branded content; advertorial; advertorials; anzeige; anzeigensonderveröffentlichung;
        sponsored by; promoted; publireportage; publirreportaje; contenido patrocinado;
        contenu sponsorisé; conteúdo patrocinado; gesponsert; gesponsord; annonsørinnhold;
        annoncørbetalt; kaupallinen yhteistyö; materiał sponsorowany; 广告; 広告; 광고; реклама""",
    "satire": "satire; satira; sátira; humor; сатира; 風刺",
}  # fmt: skip
GENRE_OF_LABEL = {
    " ".join(label.split()).casefold(): genre
    for genre, labels in _LABELS.items()
    for label in labels.split(";")
}
