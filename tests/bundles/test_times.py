import pytest
from hypothesis import given
from hypothesis import strategies as st

from meets.bundles.times import MAX_TIME_CS, WrongTime, parse_time, plain_time


@pytest.mark.parametrize(
    ("written", "cs"),
    [
        ("93240", 93240),
        ("93240.0", 93240),
        (" 93240 ", 93240),
        ("15:32", 93200),
        ("15:32.4", 93240),
        ("15:32.45", 93245),
        ("15:32.455", 93246),
        ("15:32.454", 93245),
        ("15:32,4", 93240),
        ("9:05.1", 54510),
        ("1:02:33", 375300),
        ("1:02:33.45", 375345),
        ("62:33", 375300),
        ("46:00:00", 16560000),
        ("13:21.4h", 80140),
        ("15:32.4PR", 93240),
        ("15:32.4 SB", 93240),
        ("15:32.4*", 93240),
        ("15:32.4\u00a0PR", 93240),
        ("93240PR", 93240),
    ],
)
def test_a_time_is_understood_as_written(written: str, cs: int) -> None:
    assert parse_time(written) == cs


@pytest.mark.parametrize("written", ["DNF", "dns", "DQ", "NT", "", "  ", "D.N.F.", "Dnf", "--", "nan", "DSQ"])
def test_a_code_or_a_blank_is_no_result(written: str) -> None:
    assert parse_time(written) is None


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("0", "time.zero"),
        ("0:00.00", "time.zero"),
        ("00:00:00", "time.zero"),
        ("-5", "time.negative"),
        ("-15:32.4", "time.negative"),
        ("\u221215:32.4", "time.negative"),
        ("fast", "time.not_a_time"),
        ("15:72", "time.not_a_time"),
        ("1:61:00", "time.not_a_time"),
        ("932.4", "time.not_a_time"),
        ("15.32.4", "time.not_a_time"),
        ("15:32.4 min", "time.not_a_time"),
        ("1:2:3:4", "time.not_a_time"),
        ("15:32.4 about that", "time.not_a_time"),
        ("101:00:00", "time.too_long"),
        ("99999999999", "time.too_long"),
    ],
)
def test_what_is_no_time_says_why(written: str, code: str) -> None:
    with pytest.raises(WrongTime) as wrong:
        parse_time(written)
    assert wrong.value.code == code


@given(st.integers(1, MAX_TIME_CS))
def test_centiseconds_are_themselves(cs: int) -> None:
    assert parse_time(str(cs)) == cs


@given(st.integers(1, MAX_TIME_CS), st.sampled_from(["", "h", "PR", " PR", "q", "*", " SB"]))
def test_a_clock_time_means_its_hours_minutes_and_seconds(cs: int, mark: str) -> None:
    seconds, hundredths = divmod(cs, 100)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    written = f"{minutes}:{seconds:02}.{hundredths:02}"
    if hours:
        written = f"{hours}:{minutes:02}:{seconds:02}.{hundredths:02}"
    assert parse_time(written + mark) == cs


@given(st.text(max_size=12))
def test_any_text_is_a_time_in_range_or_no_result_or_refused(text: str) -> None:
    try:
        cs = parse_time(text)
    except WrongTime as wrong:
        assert str(wrong)
    else:
        assert cs is None or 0 < cs <= MAX_TIME_CS


@given(st.from_regex(r"\A(\d{1,7}|\d{1,3}:[0-5]\d(\.\d{1,2})?)\Z"))
def test_the_short_way_agrees_with_the_long_one(text: str) -> None:
    if cs := plain_time(text):
        assert parse_time(text) == cs
