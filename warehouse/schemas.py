"""What a landed row holds, by dataset: its columns, then where it came from."""

from __future__ import annotations

import polars as pl

PROVENANCE: dict[str, pl.DataType] = {
    "import_id": pl.String(),
    "import_seq": pl.Int32(),
    "replaces": pl.String(),
    "file_name": pl.String(),
    "sheet_name": pl.String(),
    "row_number": pl.Int32(),
}
CELL: dict[str, pl.DataType] = {
    "school_year": pl.Int32(),
    "school_ref": pl.String(),
    "stage": pl.String(),
    "field": pl.String(),
    "value": pl.Float64(),
    "raw_value": pl.String(),
    "column_name": pl.String(),
}
CELL_DATASETS = ("conditions", "staff_counts")
DATASETS = (
    "schools",
    "conditions",
    "staff_counts",
    "rooms",
    "classes",
    "teachers",
    "targets",
    "exchanges",
    "consortium_members",
    "consortium_activities",
    "satisfaction",
    "county_items",
    "county_profile",
    "exam_papers",
    "exam_scores",
)
ABSENT, SAT, VOID = 0, 1, 2
"""What became of a pupil's paper: `status` of a landed score."""

SCHEMAS: dict[str, pl.Schema] = {
    "conditions": pl.Schema({**CELL, **PROVENANCE}),
    "staff_counts": pl.Schema({**CELL, **PROVENANCE}),
    "schools": pl.Schema(
        {
            "school_year": pl.Int32(),
            "school_code": pl.String(),
            "school_name": pl.String(),
            "school_type": pl.String(),
            "ownership": pl.String(),
            "sponsor_code": pl.String(),
            "area_type": pl.String(),
            "township": pl.String(),
            "is_boarding": pl.Boolean(),
            "is_counted": pl.Boolean(),
            "parent_ref": pl.String(),
            "established_year": pl.Int32(),
            "longitude": pl.Float64(),
            "latitude": pl.Float64(),
            "former_names": pl.String(),
            **PROVENANCE,
        }
    ),
    "rooms": pl.Schema(
        {
            "school_year": pl.Int32(),
            "school_ref": pl.String(),
            "room_kind": pl.String(),
            "area_m2": pl.Float64(),
            "ordinal": pl.Int32(),
            **PROVENANCE,
        }
    ),
    "classes": pl.Schema(
        {
            "school_year": pl.Int32(),
            "school_ref": pl.String(),
            "stage": pl.String(),
            "grade": pl.Int32(),
            "class_name": pl.String(),
            "students": pl.Int32(),
            **PROVENANCE,
        }
    ),
    "teachers": pl.Schema(
        {
            "school_year": pl.Int32(),
            "teacher_id": pl.String(),
            "name": pl.String(),
            "school_ref": pl.String(),
            "stage": pl.String(),
            "is_full_time": pl.Boolean(),
            "education": pl.String(),
            "title": pl.String(),
            "backbone_level": pl.String(),
            "subject": pl.String(),
            "birth_month": pl.Date(),
            "joined_month": pl.Date(),
            "has_certificate": pl.Boolean(),
            "training_hours_5y": pl.Float64(),
            "duty_status": pl.String(),
            "certificate_subject": pl.String(),
            "exchange_school_ref": pl.String(),
            "exchange_start": pl.Date(),
            "exchange_end": pl.Date(),
            "support_school_ref": pl.String(),
            **PROVENANCE,
        }
    ),
    "targets": pl.Schema(
        {
            "school_year": pl.Int32(),
            "stage": pl.String(),
            "indicator_code": pl.String(),
            "target_kind": pl.String(),
            "target": pl.Float64(),
            "source": pl.String(),
            **PROVENANCE,
        }
    ),
    "exchanges": pl.Schema(
        {
            "school_year": pl.Int32(),
            "teacher_id": pl.String(),
            "school_ref": pl.String(),
            "to_school_ref": pl.String(),
            "exchange_type": pl.String(),
            "start_date": pl.Date(),
            "end_date": pl.Date(),
            **PROVENANCE,
        }
    ),
    "consortium_members": pl.Schema(
        {
            "school_year": pl.Int32(),
            "consortium_code": pl.String(),
            "consortium_name": pl.String(),
            "kind": pl.String(),
            "mode": pl.String(),
            "school_ref": pl.String(),
            "role": pl.String(),
            "joined_on": pl.Date(),
            "left_on": pl.Date(),
            "round": pl.String(),
            **PROVENANCE,
        }
    ),
    "consortium_activities": pl.Schema(
        {
            "school_year": pl.Int32(),
            "consortium_code": pl.String(),
            "activity_type": pl.String(),
            "held_on": pl.Date(),
            "school_ref": pl.String(),
            "participant_refs": pl.String(),
            "teachers": pl.Int32(),
            "times": pl.Float64(),
            "topic": pl.String(),
            "ordinal": pl.Int32(),
            **PROVENANCE,
        }
    ),
    "satisfaction": pl.Schema(
        {
            "school_year": pl.Int32(),
            "respondents": pl.String(),
            "school_ref": pl.String(),
            "consortium_code": pl.String(),
            "issued": pl.Float64(),
            "responses": pl.Float64(),
            "satisfied": pl.Float64(),
            **PROVENANCE,
        }
    ),
    "county_items": pl.Schema(
        {
            "school_year": pl.Int32(),
            "item_code": pl.String(),
            "field": pl.String(),
            "value": pl.Float64(),
            "statement": pl.String(),
            "evidence": pl.String(),
            **PROVENANCE,
        }
    ),
    "county_profile": pl.Schema(
        {
            "school_year": pl.Int32(),
            "field": pl.String(),
            "value": pl.Float64(),
            "unit": pl.String(),
            **PROVENANCE,
        }
    ),
    "exam_papers": pl.Schema(
        {
            "school_year": pl.Int32(),
            "exam_code": pl.String(),
            "exam_name": pl.String(),
            "exam_date": pl.Date(),
            "grade": pl.Int32(),
            "subject": pl.String(),
            "full_score": pl.Float64(),
            "excellent_share": pl.Float64(),
            "pass_share": pl.Float64(),
            "low_share": pl.Float64(),
            "prior_exam_code": pl.String(),
            **PROVENANCE,
        }
    ),
    # One row for what many scores share: exam, grade, subject, school, class and the column they came from.
    "exam_groups": pl.Schema(
        {
            "group_id": pl.Int64(),
            "school_year": pl.Int32(),
            "exam_code": pl.String(),
            "grade": pl.Int32(),
            "subject": pl.String(),
            "school_ref": pl.String(),
            "class_name": pl.String(),
            "exam_name": pl.String(),
            "exam_date": pl.Date(),
            "full_score": pl.Float64(),
            "excellent_share": pl.Float64(),
            "pass_share": pl.Float64(),
            "low_share": pl.Float64(),
            "prior_exam_code": pl.String(),
            "column_name": pl.String(),
            "key_mark": pl.String(),
            **{name: dtype for name, dtype in PROVENANCE.items() if name != "row_number"},
        }
    ),
    "exam_scores": pl.Schema(
        {
            "group_id": pl.Int64(),
            "pupil_key": pl.Int64(),
            "score": pl.Float64(),
            "status": pl.Int8(),
            "row_number": pl.Int32(),
            "import_id": pl.String(),
        }
    ),
    "_imports": pl.Schema(
        {
            "import_id": pl.String(),
            "import_seq": pl.Int32(),
            "imported_at": pl.Datetime("us"),
            "file_name": pl.String(),
            "file_hash": pl.String(),
            "sheet_name": pl.String(),
            "dataset": pl.String(),
            "rows_read": pl.Int32(),
            "rows_landed": pl.Int32(),
            "rows_refused": pl.Int32(),
            "is_partial": pl.Boolean(),
            "content_hash": pl.String(),
        }
    ),
    "_columns": pl.Schema(
        {
            "import_id": pl.String(),
            "file_name": pl.String(),
            "sheet_name": pl.String(),
            "dataset": pl.String(),
            "field": pl.String(),
            "column_name": pl.String(),
        }
    ),
    "_issues": pl.Schema(
        {
            "import_id": pl.String(),
            "dataset": pl.String(),
            "school_ref": pl.String(),
            "school_year": pl.Int32(),
            "file_name": pl.String(),
            "sheet_name": pl.String(),
            "row_number": pl.Int32(),
            "column_name": pl.String(),
            "rule_code": pl.String(),
            "severity": pl.String(),
            "message_zh": pl.String(),
            "message_en": pl.String(),
            "raw_value": pl.String(),
        }
    ),
    "_retractions": pl.Schema({"import_id": pl.String(), "retracted_at": pl.Datetime("us")}),
}
