"""Numbers are read from any form people type, refused with the place that is wrong, and masked."""

import pytest

from dialer.calls.numbers import NumberKind, NumberProblem, UnreadableNumber, masked, read_number

LONDON = "+442079460123"


@pytest.mark.parametrize(
    "text",
    [
        "020 7946 0123",
        "02079460123",
        "2079460123",
        "442079460123",
        "+44 (0)20 7946 0123",
        "+44(0)2079460123",
        "(+44) 20 7946 0123",
        "0044 20 7946 0123",
        "0044(0)20-7946-0123",
        "+0044 20 7946 0123",
        "020.7946.0123",
        "020/7946/0123",
        "020–7946—0123",
        "020 7946 0123",
        "０２０７９４６０１２３",
        "٠٢٠٧٩٤٦٠١٢٣",
        "\u202a+44 20 7946 0123\u202c",
        " 020 7946 0123\t",
        "'02079460123",
        '="02079460123"',
        "2079460123.0",
        "020 7946 0123 x12",
        "020 7946 0123 ext. 12",
        "020 7946 0123;ext=12",
        "020 7946 0123,,12#",
        "020 7946 0123 (ext 12)",
        "tel:+44-20-7946-0123;ext=12",
        "tel:020-7946-0123;phone-context=+44",
        "sip:%2B442079460123@host:5060;user=phone",
        "sip:02079460123@host",
        "sips:+442079460123;npdi@host",
        '"Bob" <sip:+442079460123@host>;tag=1',
        "02079460123@pbx.example",
        "sip:902079460123@host",
    ],
)
def test_every_way_of_writing_one_number_is_read_as_that_number(text: str) -> None:
    assert read_number(text).e164 == LONDON


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("07700 9OO123", "letter O at 8"),
        ("XXXXXX0123", "letter X at 1"),
        ("201XXXXXXX", "letter X at 4"),
        ("020 7946 *123", "character * at 10"),
        ("020 7946 012+3", "character + at 13"),
        ("4.47701E+11", "scientific notation, a spreadsheet has lost digits"),
        ("client:alice", "‘client:’ names no telephone number"),
        ("whatsapp:+442079460123", "‘whatsapp:’ names no telephone number"),
        ("", "it holds no digit"),
        ("+", "it holds no digit"),
        ("0" * 300, "longer than 256 characters"),
        ("0207", "too few digits"),
        ("020 7946 0123 4", "too many digits"),
        ("020 7946 0123 / 020 7946 0124", "it is not a whole number"),
        ("07700 900123", "no such number is in use"),
        ("+999 20 7946 0123", "the country code is not in use"),
        ("sip:9020@host", "too few digits"),
        ("902079460123", "too many digits"),
    ],
)
def test_what_is_no_number_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(UnreadableNumber) as refusal:
        read_number(text)
    assert refusal.value.reason == reason
    assert refusal.value.problem is NumberProblem.INVALID


@pytest.mark.parametrize(
    "text",
    [
        *("999", "112", "911", "+112", "+44999", "0044112", "tel:112", "sip:999@host", "sip:9999@host"),
        *("101", "105", "111", "119", "159", "123", "100", "195", "18000", "17070", "1471", "1571"),
        *("116123", "116 123", "118500", "118 118", "+44118118", "61016"),
    ],
)
def test_emergency_and_short_codes_are_known_before_validity_is_asked(text: str) -> None:
    with pytest.raises(UnreadableNumber) as refusal:
        read_number(text)
    assert refusal.value.problem is NumberProblem.EMERGENCY_OR_SHORT_CODE


def test_911_is_an_emergency_number_whatever_the_region() -> None:
    with pytest.raises(UnreadableNumber) as refusal:
        read_number("911", default_region="FR")
    assert refusal.value.problem is NumberProblem.EMERGENCY_OR_SHORT_CODE


@pytest.mark.parametrize(
    ("text", "kind", "region"),
    [
        ("020 7946 0123", NumberKind.FIXED_LINE, "GB"),
        ("07400 123456", NumberKind.MOBILE, "GB"),
        ("07911 123456", NumberKind.MOBILE, "GG"),
        ("07797 712345", NumberKind.MOBILE, "JE"),
        ("07624 312345", NumberKind.MOBILE, "IM"),
        ("01534 456789", NumberKind.FIXED_LINE, "JE"),
        ("03069 990123", NumberKind.UAN, "GB"),
        ("0808 157 0123", NumberKind.TOLL_FREE, "GB"),
        ("0800 1111", NumberKind.TOLL_FREE, "GB"),
        ("0845 123 4567", NumberKind.PREMIUM_RATE, "GB"),
        ("0871 123 4567", NumberKind.PREMIUM_RATE, "GB"),
        ("09012345678", NumberKind.PREMIUM_RATE, "GB"),
        ("070 1234 5678", NumberKind.PERSONAL_NUMBER, "GB"),
        ("076 4012 3456", NumberKind.PAGER, "GB"),
        ("056 1234 5678", NumberKind.VOIP, "GB"),
        ("+1 212 555 0123", NumberKind.FIXED_LINE_OR_MOBILE, "US"),
        ("+39 06 698 12345", NumberKind.FIXED_LINE, "VA"),
    ],
)
def test_the_kind_and_region_are_the_librarys(text: str, kind: NumberKind, region: str) -> None:
    number = read_number(text)
    assert (number.kind, number.region) == (kind, region)


@pytest.mark.parametrize(
    ("last_below", "first", "last", "first_above", "kind"),
    [
        ("07700 899999", "07700 900000", "07700 900999", "07700 901000", NumberKind.MOBILE),
        ("01632 959999", "01632 960000", "01632 960999", "01632 961000", NumberKind.FIXED_LINE),
        ("0115 495 9999", "0115 496 0000", "0115 496 0999", "0115 496 1000", NumberKind.FIXED_LINE),
    ],
)
def test_drama_numbers_are_valid_by_the_override_alone_and_to_the_edge(
    last_below: str, first: str, last: str, first_above: str, kind: NumberKind
) -> None:
    for text in (first, last):
        assert read_number(text, drama_mobiles=True).kind is kind
        with pytest.raises(UnreadableNumber):
            read_number(text)
    for text in (last_below, first_above):
        assert _outcome(text, drama=True) == _outcome(text, drama=False)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (LONDON, "…0123"),
        ("020 7946 0123", "…0123"),
        ("999", "…9"),
        ("", "…"),
        ("jo.bloggs@example.com", "…@example.com"),
        ("sip:+442079460123@host", "…0123"),
    ],
)
def test_masking_shows_the_end_alone(text: str, shown: str) -> None:
    assert masked(text) == shown


def _outcome(text: str, *, drama: bool) -> tuple[str, NumberKind, str | None] | None:
    try:
        number = read_number(text, drama_mobiles=drama)
    except UnreadableNumber:
        return None
    return number.e164, number.kind, number.region
