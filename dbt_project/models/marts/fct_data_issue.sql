with

landed as (
    select * from {{ ref('stg_issues') }}
),

resolved as (
    select * from {{ ref('int_school_references_resolved') }}
),

final as (
    select
        md5(concat_ws(
            '|', landed.import_id, landed.dataset, landed.school_year, landed.school_ref, landed.file_name,
            landed.sheet_name, landed.source_row, landed.column_name, landed.rule_code, landed.raw_value
        )) as issue_id,
        landed.import_id,
        landed.dataset,
        landed.school_year,
        resolved.school_code,
        landed.file_name,
        landed.sheet_name,
        landed.source_row as row_number,
        landed.column_name,
        landed.rule_code,
        landed.severity,
        landed.message_zh,
        landed.message_en,
        landed.raw_value
    from landed
    left join resolved on landed.school_year = resolved.school_year and landed.school_ref = resolved.school_ref
    qualify row_number() over (partition by issue_id order by landed.import_id) = 1
)

select * from final
