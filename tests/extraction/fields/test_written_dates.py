"""Dates as people and machines write them: languages, zones, orders and traps."""

from datetime import UTC, datetime

import pytest

from newsspider.extraction.fields.written_dates import Reading, iter_dates, read_date, refuse


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2026-03-24", "2026-03-24"),
        ("2026-03-24T09:30", "2026-03-24T09:30"),
        ("2026-03-24T09:30:00Z", "2026-03-24T09:30:00Z"),
        ("2026-03-24T09:30:00+01:00", "2026-03-24T09:30:00+01:00"),
        ("2026-03-24T09:30:00-0500", "2026-03-24T09:30:00-05:00"),
        ("2026-03-24T09:30:00+01", "2026-03-24T09:30:00+01:00"),
        ("2026-03-24T09:30:00+05:45", "2026-03-24T09:30:00+05:45"),
        ("2026-03-24 09:30:00", "2026-03-24T09:30:00"),
        ("2026-03-24 09:30:00 UTC", "2026-03-24T09:30:00+00:00"),
        ("2026-03-24 09:30:00 +0100", "2026-03-24T09:30:00+01:00"),
        ("2026-03-24, 09:30", "2026-03-24T09:30"),
        ("2026/03/24 09:30", "2026-03-24T09:30"),
        ("2026.03.24", "2026-03-24"),
        ("20260324", "2026-03-24"),
        ("20260324T093000Z", "2026-03-24T09:30:00Z"),
        ("2026-03-24T09:30:00.123Z", "2026-03-24T09:30:00.123Z"),
        ("2026-03-24T09:30:00,5+01:00", "2026-03-24T09:30:00.5+01:00"),
        (" 2026-03-24T09:30:00Z\n", "2026-03-24T09:30:00Z"),
        ("Tue, 24 Mar 2026 09:30:00 GMT", "2026-03-24T09:30:00+00:00"),
        ("Tue, 24 Mar 2026 09:30:00 -0400", "2026-03-24T09:30:00-04:00"),
        ("Tue Mar 24 2026 09:30:00 GMT+0100 (CET)", "2026-03-24T09:30:00+01:00"),
        ("Tue Mar 24 09:30:00 CET 2026", "2026-03-24T09:30:00+01:00"),
        ("Tue Mar 24 09:30:00 IST 2026", "2026-03-24T09:30:00"),
        ("1774341000", "2026-03-24T08:30:00+00:00"),
        ("1774341000000", "2026-03-24T08:30:00+00:00"),
        ("2026-02-30", None),
        ("2026-13-01", None),
        ("2026-03-24T25:00", None),
        ("yesterday", None),
        ("3 hours ago", None),
        ("March 2026", None),
        ("2026", None),
        ("", None),
        (None, None),
        ("x" * 500, None),
    ],
)
def test_stated_dates_keep_the_time_and_zone_they_came_with(text: str | None, date: str | None) -> None:
    assert read_date(text) == date


@pytest.mark.parametrize(
    ("language", "text", "date"),
    [
        ("en", "March 24, 2026", "2026-03-24"),
        ("en", "24 March 2026", "2026-03-24"),
        ("en", "24th of March 2026", "2026-03-24"),
        ("en", "Sept. 4th, 2026", "2026-09-04"),
        ("en", "24/Mar/2026", "2026-03-24"),
        ("en", "March 24, 2026 at 9:30 am EST", "2026-03-24T09:30-05:00"),
        ("en", "Mar 24, 2026, 12:05 a.m.", "2026-03-24T00:05"),
        ("en", "Mar 24, 2026 12:05 PM", "2026-03-24T12:05"),
        ("en", "3:05 p.m. ET, March 24, 2026", "2026-03-24T15:05"),
        ("en", "24 Mar 2026 | 09:30 GMT", "2026-03-24T09:30+00:00"),
        ("en-GB", "24 March 2026, 09:30 BST", "2026-03-24T09:30+01:00"),
        ("en", "24 March 2026 15:30 IST", "2026-03-24T15:30"),
        ("de", "24. März 2026 um 09:30 Uhr", "2026-03-24T09:30"),
        ("de", "24. Mrz. 2026, 9.30 Uhr", "2026-03-24T09:30"),
        ("de-AT", "5. Jänner 2026", "2026-01-05"),
        ("de", "Dienstag, 24.03.2026, 14:05 Uhr", "2026-03-24T14:05"),
        ("de", "14:05 Uhr, 24.03.26", "2026-03-24T14:05"),
        ("fr", "24 mars 2026 à 9h30", "2026-03-24T09:30"),
        ("fr", "1er août 2026", "2026-08-01"),
        ("fr", "3 fevrier 2026", "2026-02-03"),
        ("es", "24 de marzo de 2026 a las 9:30", "2026-03-24T09:30"),
        ("es", "24 ene. 2026", "2026-01-24"),
        ("pt-BR", "24 de março de 2026 às 09h30", "2026-03-24T09:30"),
        ("it", "24 marzo 2026 alle 9:30", "2026-03-24T09:30"),
        ("nl", "24 maart 2026 om 9:30 uur", "2026-03-24T09:30"),
        ("sv", "24 mars 2026 kl. 09:30", "2026-03-24T09:30"),
        ("da", "24. mar. 2026", "2026-03-24"),
        ("nb", "24. mars 2026 kl. 09:30", "2026-03-24T09:30"),
        ("fi", "24. maaliskuuta 2026", "2026-03-24"),
        ("is", "24. mars 2026", "2026-03-24"),
        ("pl", "24 marca 2026, 09:30", "2026-03-24T09:30"),
        ("cs", "24. března 2026 9:30", "2026-03-24T09:30"),
        ("hr", "24. srpnja 2026", "2026-07-24"),
        ("cs", "24. srpna 2026", "2026-08-24"),
        ("hu", "2026. március 24.", "2026-03-24"),
        ("lt", "2026 m. kovo 24 d.", "2026-03-24"),
        ("ro", "24 martie 2026", "2026-03-24"),
        ("el", "24 Μαρτίου 2026", "2026-03-24"),
        ("tr", "24 Mart 2026 09:30", "2026-03-24T09:30"),
        ("tr", "5 Agustos 2026", "2026-08-05"),
        ("ru", "24 марта 2026, 09:30", "2026-03-24T09:30"),
        ("ru", "09:30, 24 марта 2026", "2026-03-24T09:30"),
        ("ru", "24 мая 2026 в 18:40 МСК", "2026-05-24T18:40+03:00"),
        ("uk", "24 березня 2026", "2026-03-24"),
        ("ar", "24 مارس 2026", "2026-03-24"),
        ("ar", "24 كانون الثاني 2026", "2026-01-24"),
        ("ar", "٢٤ مارس ٢٠٢٦", "2026-03-24"),
        ("fa", "۲۴ مارس ۲۰۲۶", "2026-03-24"),
        ("he", "24 במרץ 2026", "2026-03-24"),
        ("hi", "24 मार्च 2026", "2026-03-24"),
        ("bn", "২৪ মার্চ ২০২৬", "2026-03-24"),
        ("th", "24 มีนาคม 2569", "2026-03-24"),
        ("th", "24 มี.ค. 2569 09:30 น.", "2026-03-24T09:30"),
        ("id", "24 Maret 2026 09.30 WIB", "2026-03-24T09:30+07:00"),
        ("vi", "24 tháng 3, 2026", "2026-03-24"),
        ("zh", "2026年3月24日 09:30", "2026-03-24T09:30"),
        ("zh", "2026年3月24日 下午3:30", "2026-03-24T15:30"),
        ("ja", "2026年3月24日 9時30分", "2026-03-24T09:30"),
        ("ja", "2026/3/24(火) 9:30", "2026-03-24T09:30"),
        ("ko", "2026년 3월 24일 오후 3:30", "2026-03-24T15:30"),
        ("ko", "2026. 3. 24. 15:30", "2026-03-24T15:30"),
    ],
)
def test_written_dates_are_read_in_their_language(language: str, text: str, date: str) -> None:
    assert read_date(text, Reading(language)) == date


@pytest.mark.parametrize(
    ("language", "host", "text", "date"),
    [
        ("en-US", None, "03/10/2026", "2026-03-10"),
        ("en-GB", None, "03/10/2026", "2026-10-03"),
        ("en", "www.herald.co.uk", "03/10/2026 14:05", "2026-10-03T14:05"),
        ("en", "herald.com.au", "03/10/2026", "2026-10-03"),
        ("en", "records.gov", "03/10/2026", "2026-03-10"),
        ("en", "herald.example", "03/10/2026", None),
        (None, None, "03/10/2026", None),
        (None, None, "03/25/2026", "2026-03-25"),
        (None, None, "25/03/2026", "2026-03-25"),
        (None, None, "03/03/2026", "2026-03-03"),
        (None, None, "03.10.2026", "2026-10-03"),
        ("fr", None, "03/10/2026", "2026-10-03"),
        ("pt", None, "03-10-2026", "2026-10-03"),
        ("en", None, "03/10/26", None),
    ],
)
def test_order_of_day_and_month_is_told_never_guessed(
    language: str | None, host: str | None, text: str, date: str | None
) -> None:
    assert read_date(text, Reading(language, host)) == date


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "12 items 2026"),
        ("en", "Room 24, March Street 2026"),
        ("en", "tel. 030-12-2026 55"),
        ("en", "version 1.2.2026.4"),
        ("en", "the 2026 season"),
        ("en", "31 June 2026"),
        ("it", "24 foglio 2026"),
        ("en", "© 1998-2026 The Herald"),
        ("en", "24.–26. May"),
        ("de", "Aktenzeichen 3/10/2026-7"),
    ],
)
def test_other_numbers_are_no_dates(language: str, text: str) -> None:
    assert read_date(text, Reading(language)) is None


def test_dates_of_a_line_come_in_order_with_their_places() -> None:
    line = "Published 24 March 2026, 09:30. Updated March 25, 2026"
    found = list(iter_dates(line, Reading("en")))
    assert [date.iso for date in found] == ["2026-03-24T09:30", "2026-03-25"]
    assert [line[date.start : date.end] for date in found] == ["24 March 2026, 09:30", "March 25, 2026"]


@pytest.mark.parametrize(
    ("date", "reason"),
    [
        ("1970-01-01T00:00:00+00:00", "before 1990"),
        ("1989-12-31", "before 1990"),
        ("1990-01-01", None),
        ("2026-03-25T23:00:00+14:00", None),
        ("2026-03-27", "in the future"),
        ("2038-01-19", "in the future"),
    ],
)
def test_dates_before_the_web_and_in_the_future_are_refused(date: str, reason: str | None) -> None:
    assert refuse(date, datetime(2026, 3, 24, 12, tzinfo=UTC)) == reason
