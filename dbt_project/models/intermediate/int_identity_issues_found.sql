{# What references to schools and stages do not settle (rules D301–D303, D305, D318, D322). #}

with

resolved as (
    select * from {{ ref('int_school_references_resolved') }}
),

sites as (
    select * from {{ ref('int_sites_placed') }}
),

ambiguous as (
    select resolved.*
    from resolved
    inner join sites using (school_year, school_code)
    where resolved.method = 'ambiguous'
),

outside_type as (
    select
        cells.school_year,
        cells.school_code,
        cells.stage,
        any_value(cells.dataset) as dataset,
        any_value(cells.import_id) as import_id,
        any_value(cells.file_name) as file_name,
        any_value(cells.sheet_name) as sheet_name,
        min(cells.source_row) as source_row
    from {{ ref('int_cells_current') }} as cells
    inner join sites using (school_year, school_code)
    inner join {{ ref('stage_weights') }} as weights using (school_type, stage)
    where not weights.is_expected and cells.value > 0 and sites.scope_rule in ('counted', 'teaching_point')
    group by cells.school_year, cells.school_code, cells.stage
),

targets as (
    select * from {{ ref('stg_targets') }}
),

indicators as (
    select indicator_code from {{ ref('indicators') }}
    union all
    select unnest(['composite', 'R0']) as indicator_code
),

final as (
    {{ finding('D301', 'sites', 'is_provisional and (school_year, school_code) not in (
        select (ambiguous.school_year, ambiguous.school_code) from ambiguous)') }}
    union all by name
    {{ finding('D302', 'ambiguous', 'true', found='school_ref', subject_key='school_ref') }}
    union all by name
    {{ finding('D303', 'sites', 'register_year <> school_year', found='cast(register_year as varchar)') }}
    union all by name
    {{ finding('D305', 'resolved', "method = 'restored_zero'", found='school_ref', subject_key='school_ref') }}
    union all by name
    {{ finding('D318', 'outside_type', 'true', source=true, stage='stage', dataset='dataset') }}
    union all by name
    {{ finding(
        'D322', 'targets',
        "indicator_code not in (select indicators.indicator_code from indicators)
        or (indicator_code = 'R0' and target_kind <> '达标学校比例')
        or target_kind not in ('差异系数', '达标学校比例', '县均值')",
        school='null', source=true, dataset="'targets'", found="concat_ws(' ', indicator_code, target_kind)",
        subject_key="concat_ws(' ', stage, indicator_code, target_kind)"
    ) }}
)

select * from final
