"""The peer of `parindex score --format csv`: the one stage of a national package, read and scored with polars.

Reads the package itself: units.csv, facts.csv, external.csv, points.csv, and from criteria/set.csv the maximum and the
rule of each criterion and where the set rounds. Prints the same table as parindex, in an order of its own; `cargo xtask
bench polars` compares all of it with ours before anything is timed. Floats, no trace; nothing that was entered is checked,
and a figure that is missing is not looked for. Only rules as the generator words them are known; any other ends it.

usage: polars_score.py PACKAGE
"""

import re
import sys
from functools import reduce

import polars as pl

FOLDER = sys.argv[1]
STAGE = "final"
INPUTS = pl.Enum(["a", "b", "c", "d", "A", "B", "C", "D", "p", "lựa chọn", "trường hợp", "ngày thực hiện"])
# A share, with the percentages from which it earns all and below which nothing, and what a zero denominator means.
RATIO = re.compile(r"theo tỷ lệ a/b(?:; từ (\d+)% được điểm tối đa)?(?:; dưới (\d+)% được 0 điểm)?; mẫu bằng 0: (.+)")
# Due on 31 January. Ten working days later is Friday 19 February, Tết lies in between; the weekend after it is not later.
DUE, GRACE = 20210131, 20210221
KINDS = {
    "chọn: Thực hiện đầy đủ = 100%; Thực hiện một phần = 50%; Không thực hiện = 0%": "choice",
    "hạn 31/01/2021 cho [ngày thực hiện]: đúng hạn được điểm tối đa; trễ đến 10 ngày làm việc được 50%; "
    "trễ hơn được 0 điểm; chưa có được 0 điểm": "deadline",
    "theo bậc a: từ 4 được điểm tối đa; từ 2 đến dưới 4 được 50%; dưới 2 được 0 điểm": "band",
    "theo phiếu: A = 100%; B = 60%; C = 20%; D = 0%; mẫu bằng 0: không áp dụng": "survey",
    "không có a được điểm tối đa; nếu có được 0 điểm": "nobreach",
    "trừ 25% mỗi a; trừ 100% mỗi b": "deduct",
    "theo bậc mức tăng a so với b: từ 10% được điểm tối đa; từ 0% đến dưới 10% được 50%; dưới 0% được 0 điểm; "
    "mẫu bằng 0: 0 điểm": "growth",
    "công thức điểm tối đa × nhỏ nhất(1; a/lớn nhất(b; (c, nếu thiếu thì b))); mẫu bằng 0: 0 điểm": "formula",
    "một trong: Có cơ sở dữ liệu: theo tỷ lệ a/b | Không quản lý cơ sở dữ liệu: công thức 50% × điểm tối đa; "
    "mẫu bằng 0: 0 điểm": "cases",
    "theo SIPAS p": "sipas",
}
# Rules in points, which are shares of the maximum as the generator gives them: the comparison would tell if they were not.
IN_POINTS = {"mỗi a được ": "count", "cộng: ": "weighted", "bậc thang a: đến 50 ": "steps"}

unit, criterion, value, number, maximum = map(pl.col, ["unit", "criterion", "value", "number", "max"])
a, b, c, d = map(pl.col, "abcd")


def texts(path):
    return pl.read_csv(f"{FOLDER}/{path}", infer_schema=False, comment_prefix="#")


def rule(text, top, not_applicable):
    """Kind, the shares for all and for nothing, and the points of a zero denominator: none where it leaves the maximum."""
    if match := RATIO.fullmatch(text):
        applies = match[3] != "không áp dụng"
        full = "điểm tối đa" in match[3] if applies else not_applicable == "đủ điểm"
        zero = top if full else 0.0 if applies else None
        return "ratio", int(match[1] or 100) / 100, int(match[2] or 0) / 100, zero
    kind = KINDS.get(text) or next((kind for start, kind in IN_POINTS.items() if text.startswith(start)), None)
    if kind is None:
        sys.exit(f"a rule that the peer does not know: {text}")
    return kind, None, None, None


def criteria(table):
    """The scored criteria, and whether only the total is rounded."""
    settings = dict(table.select("Mã", "Tên").iter_rows())
    columns = table.filter(pl.col("Cách tính điểm").is_not_null())
    columns = columns.select("Mã", "Điểm tối đa", "Cách tính điểm", "Không áp dụng")
    rows = [(code, float(top), *rule(text, float(top), policy)) for code, top, text, policy in columns.iter_rows()]
    names = ["criterion", "max", "kind", "full", "floor", "zero"]
    frame = pl.DataFrame(rows, schema=names, orient="row", infer_schema_length=None)
    known = {"từng tiêu chí, 2 chữ số": False, "chỉ kết quả cuối, 2 chữ số": True}
    return frame.with_columns(pl.col("kind").cast(pl.Categorical)), known[settings["@làm tròn"]]


def entries(name, codes, column):
    """The rows of a table at the stage."""
    schema = {**codes, "input": INPUTS, column: pl.String, "stage": pl.String, "source": pl.String}
    if column == "points":
        schema |= {"input": pl.String, "points": pl.Float64}
    return pl.scan_csv(f"{FOLDER}/{name}.csv", schema=schema, comment_prefix="#").filter(pl.col("stage") == STAGE)


def figures(codes):
    """One row for each unit and criterion, its figures in four columns."""
    named, plain = pl.col("input"), value.cast(pl.Float64, strict=False)
    chosen = pl.when(value == "Thực hiện đầy đủ").then(1.0).when(value == "Thực hiện một phần").then(0.5).otherwise(0.0)
    own = (
        pl.when(named == "lựa chọn").then(chosen)
        .when(named == "trường hợp").then((value == "Có cơ sở dữ liệu").cast(pl.Float64))
        .when(named == "ngày thực hiện")
        .then(value.str.replace_all("-", "", literal=True).cast(pl.Float64, strict=False))
        .otherwise(plain)
    )
    share = value.str.strip_suffix("%").cast(pl.Float64, strict=False) / 100
    outside = pl.when(named == "p").then(share).otherwise(plain)
    places = [
        ("a", ["a", "A", "p", "lựa chọn", "ngày thực hiện"]),
        ("b", ["b", "B"]),
        ("c", ["c", "C", "trường hợp"]),
        ("d", ["d", "D"]),
    ]
    read = lambda name, number: entries(name, codes, "value").select("unit", "criterion", "input", number=number)
    place = lambda inputs: pl.when(pl.any_horizontal(named == each for each in inputs)).then(number)
    return (
        pl.concat([read("facts", own), read("external", outside)])
        .select("unit", "criterion", **{name: place(inputs) for name, inputs in places})
        .group_by("unit", "criterion")
        .agg(pl.col("a", "b", "c", "d").max())
    )


def earned():
    """Points before rounding, by the kind of the rule; nothing where a criterion leaves the maximum."""
    share, forms, all_files = a / b, a + b + c + d, pl.max_horizontal(b, c)
    tiers = lambda measure, full, half: pl.when(measure >= full).then(1.0).when(measure >= half).then(0.5).otherwise(0.0)
    ratio = (
        pl.when(b == 0).then(pl.col("zero"))
        .when(share < pl.col("floor")).then(0.0)
        .when(share >= pl.col("full")).then(maximum)
        .otherwise(share / pl.col("full") * maximum)
    )
    paid = pl.when(b == 0).then(0.0).otherwise(0.6 * share)
    with_fee = pl.when(d == 0).then(0.0).otherwise(pl.min_horizontal(0.5 * c / d, 0.4))
    kinds = {
        "ratio": ratio,
        "choice": a * maximum,
        "nobreach": pl.when(a == 0).then(maximum).otherwise(0.0),
        "survey": pl.when(forms > 0).then((a + 0.6 * b + 0.2 * c) / forms * maximum),
        "sipas": a * maximum,
        "band": tiers(a, 4, 2) * maximum,
        "growth": pl.when(b == 0).then(0.0).otherwise(tiers(share, 1.1, 1.0)) * maximum,
        "deadline": pl.when(a <= DUE).then(1.0).when(a <= GRACE).then(0.5).otherwise(0.0) * maximum,
        "count": pl.min_horizontal(a * 0.5, 1.0) * maximum,
        "deduct": (1 - 0.25 * a - b).clip(0) * maximum,
        "weighted": (paid + with_fee) * maximum,
        "formula": pl.when(all_files == 0).then(0.0).otherwise(pl.min_horizontal(a / all_files, 1.0)) * maximum,
        "cases": pl.when(c == 0).then(0.5).when(b == 0).then(0.0).otherwise(pl.min_horizontal(share, 1.0)) * maximum,
        "steps": pl.min_horizontal(0.5 + ((a - 50) / 10).floor().clip(0) * 0.1, 1.0) * maximum,
    }
    kind, none = pl.col("kind"), pl.lit(None, dtype=pl.Float64)
    return reduce(lambda rest, each: pl.when(kind == each[0]).then(each[1]).otherwise(rest), kinds.items(), none)


def rounded(points):
    """Half up to two digits; a half that floats put a little below it goes up as well."""
    return (points * 100 + 0.5 + 1e-9).floor() / 100


def scored(units, leaves, at_the_end):
    codes = {"unit": pl.Enum(units["unit"]), "criterion": pl.Enum(leaves["criterion"])}
    # What a person gave counts before what the rule gives.
    given = entries("points", codes, "points").select("unit", "criterion", given="points")
    each = (
        figures(codes)
        .join(given, on=["unit", "criterion"], how="left")
        .join(leaves.lazy().with_columns(criterion.cast(codes["criterion"])), on="criterion", how="left")
        .select("unit", "max", points=pl.coalesce("given", earned()))
    )
    points, index = pl.col("points"), pl.col("index")
    by_unit = each.group_by("unit").agg(
        points=(points if at_the_end else rounded(points)).sum(),
        max=leaves["max"].sum() - maximum.filter(points.is_null()).sum(),
    )
    return (
        units.lazy()
        .select(unit.cast(codes["unit"]), "name", "block")
        .join(by_unit, on="unit", how="left")
        .with_columns(index=rounded(points / maximum * 100), points=rounded(points))
        .with_columns(rank=index.rank("min", descending=True).cast(pl.Int64), band=pl.lit(None, dtype=pl.String))
        .select("unit", "name", "block", "points", "max", "index", "rank", "band")
        .collect(engine="streaming")
    )


sys.stdout.write(scored(texts("units.csv"), *criteria(texts("criteria/set.csv"))).write_csv(float_precision=2))
