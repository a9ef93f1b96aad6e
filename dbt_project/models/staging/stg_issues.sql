{#
    Findings of imports that still matter: those of a retracted import drop out, and so do those about a
    file that a later import brought again under the same name and dataset (it has its own findings).
#}

with

landed as (
    {{ live_rows('_issues') }}
),

imports as (
    {{ live_rows('_imports') }}
),

final as (
    select
        landed.import_id,
        landed.dataset,
        {{ normal_name('landed.school_ref') }} as school_ref,
        cast(landed.school_year as integer) as school_year,
        landed.file_name,
        landed.sheet_name,
        cast(landed.row_number as integer) as source_row,
        landed.column_name,
        landed.rule_code,
        landed.severity,
        landed.message_zh,
        landed.message_en,
        landed.raw_value
    from landed
    where not exists (
            select 1 from imports as later
            where later.import_id > landed.import_id
                and later.file_name = landed.file_name
                and coalesce(later.dataset, '') = coalesce(landed.dataset, later.dataset, '')
        )
)

select * from final
