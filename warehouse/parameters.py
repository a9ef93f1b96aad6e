"""The county's own rows laid over the project's seeds."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import polars as pl

from warehouse.errors import JunhengError
from warehouse.home import SEEDS, Home

KEYS: dict[str, tuple[str, ...]] = {
    "age_bands": ("age_band",),
    "approved_projects": ("project_code", "school_code", "stage", "measure"),
    "backbone_levels": ("backbone_level",),
    "consortium_components": ("component",),
    "consortium_facts": ("example_code", "fact_code"),
    "corrections": ("school_year", "school_code", "dataset", "stage", "field"),
    "county": ("key",),
    "duties": ("kind", "mode", "activity_type", "period", "valid_from"),
    "duty_statuses": ("duty_status",),
    "education_levels": ("education",),
    "exam_cutoffs": ("subject", "stage", "valid_from"),
    "examples": ("example_code",),
    "exceptions": ("exception_code", "valid_from"),
    "exchange_types": ("exchange_type",),
    "indicators": ("indicator_code",),
    "item_fields": ("item_code", "field"),
    "item_limits": ("standard_code", "item_code", "limit_code", "stage", "exception_code", "valid_from"),
    "items": ("item_code",),
    "labels": ("kind", "code"),
    "measure_inputs": ("measure", "stage", "alternative", "field"),
    "measures": ("measure",),
    "parameters": ("parameter", "valid_from"),
    "profile_fields": ("field",),
    "questions": ("question_code",),
    "rules": ("rule_code",),
    "school_aliases": ("alias", "school_code"),
    "school_exceptions": ("school_year", "school_code", "stage", "exception_code", "document"),
    "school_types": ("school_type",),
    "stage_weights": ("school_type", "stage"),
    "standards": ("standard_code",),
    "subject_families": ("subject",),
    "subject_groups": ("subject",),
    "terms": ("term_code",),
    "thresholds": ("standard_code", "indicator_code", "stage", "valid_from"),
    "titles": ("title",),
    "unit_prices": ("measure", "valid_from"),
    "units": ("suffix",),
    "waivers": ("rule_code", "school_year", "school_code"),
}
"""What makes a row of each seed the same row: a county's row with this key replaces the project's."""

DEFINITIONS = (
    "age_bands",
    "backbone_levels",
    "consortium_components",
    "duties",
    "duty_statuses",
    "education_levels",
    "exam_cutoffs",
    "exceptions",
    "exchange_types",
    "indicators",
    "item_limits",
    "items",
    "measure_inputs",
    "measures",
    "parameters",
    "school_types",
    "stage_weights",
    "standards",
    "subject_families",
    "subject_groups",
    "thresholds",
    "titles",
)
"""The seeds that say how a figure is made and judged; the others are words, checks and the county's facts."""


def merge_parameters(home: Home, folder: Path) -> Path:
    """Write every seed, overlaid with `home/parameters`, into `folder` and return it.

    Raises JunhengError when a parameter file is unknown, unreadable or has other columns than its seed.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    overlays = {path.stem: path for path in sorted(home.parameters.glob("*.csv"))}
    seeds = {path.stem: path for path in sorted(SEEDS.glob("*.csv"))}
    for name in overlays:
        if name not in seeds:
            raise _unknown_file(overlays[name], list(seeds))
    for name, path in seeds.items():
        frame = read_table(path)
        if name in overlays:
            frame = _overlay(frame, overlays[name], KEYS[name])
        frame.write_csv(folder / f"{name}.csv")
    return folder


def table(home: Home, name: str) -> pl.DataFrame:
    """Return a seed as it stands today, overlaid with the county's own rows; all text."""
    seed = read_table(SEEDS / f"{name}.csv")
    own = home.parameters / f"{name}.csv"
    return _overlay(seed, own, KEYS[name]) if own.exists() else seed


def setting(home: Home, name: str, on: date | None = None) -> str | None:
    """Return the value a dated parameter has on a day (today unless `on`), as it was written."""
    day = (on or date.today()).isoformat()
    found = table(home, "parameters").filter(
        pl.col("parameter") == name, pl.col("valid_from") <= day, pl.col("valid_to") >= day
    )
    row = found.sort("valid_from").select(pl.coalesce("value", "text_value"))
    return None if row.is_empty() else row.item(row.height - 1, 0)


def _overlay(seed: pl.DataFrame, path: Path, keys: tuple[str, ...]) -> pl.DataFrame:
    own = read_table(path)
    unknown = [column for column in own.columns if column not in seed.columns]
    missing = [key for key in keys if key not in own.columns]
    if unknown or missing:
        raise _wrong_columns(path, unknown, missing, seed.columns)
    repeated = own.filter(own.select(keys).is_duplicated())
    if repeated.height:
        raise _repeated_key(path, keys, repeated)
    inherited = [column for column in seed.columns if column not in own.columns]
    if inherited:
        own = own.join(seed.select(*keys, *inherited), on=list(keys), how="left", nulls_equal=True)
    kept = seed.join(own, on=list(keys), how="anti", nulls_equal=True)
    return pl.concat([kept, own.select(seed.columns)])


def read_table(path: Path) -> pl.DataFrame:
    """Read a parameter file as text; blank cells are null."""
    raw = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise _unreadable(path, "")
    try:
        frame = pl.read_csv(text.encode(), infer_schema_length=0)
    except pl.exceptions.PolarsError as error:
        raise _unreadable(path, str(error).splitlines()[0]) from error
    return frame.rename(str.strip).with_columns(pl.all().str.strip_chars().replace("", None))


def _unknown_file(path: Path, known: list[str]) -> JunhengError:
    names = "、".join(known)
    return JunhengError(
        f"参数文件 {path.name} 没有对应的参数表。请改为下列文件名之一：{names}。",
        f"Parameter file {path.name} matches no parameter table. Use one of: {', '.join(known)}.",
    )


def _wrong_columns(path: Path, unknown: list[str], missing: list[str], columns: list[str]) -> JunhengError:
    zh = [f"多出列 {'、'.join(unknown)}"] if unknown else []
    en = [f"unknown columns {', '.join(unknown)}"] if unknown else []
    if missing:
        zh.append(f"缺少列 {'、'.join(missing)}")
        en.append(f"missing columns {', '.join(missing)}")
    return JunhengError(
        f"参数文件 {path.name} 的表头不对：{'；'.join(zh)}。应有的列：{'、'.join(columns)}。",
        f"The header of parameter file {path.name} is wrong: {'; '.join(en)}. "
        f"Its columns: {', '.join(columns)}.",
    )


def _repeated_key(path: Path, keys: tuple[str, ...], rows: pl.DataFrame) -> JunhengError:
    first = "，".join(str(rows[key][0]) for key in keys)
    return JunhengError(
        f"参数文件 {path.name} 中 {'、'.join(keys)} 为“{first}”的行重复，请只保留一行。",
        f"Parameter file {path.name} repeats the row {', '.join(keys)} = {first}; keep one of them.",
    )


def _unreadable(path: Path, reason: str) -> JunhengError:
    return JunhengError(
        f"参数文件 {path.name} 无法读取，请另存为 UTF-8 编码的 CSV。{reason}",
        f"Parameter file {path.name} cannot be read; save it as CSV in UTF-8. {reason}",
    )
