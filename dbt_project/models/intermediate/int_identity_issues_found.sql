{# What the registers and the references to schools do not settle (rules D301–D305, D316, D318, D322). #}

with

resolved as (
    select * from {{ ref('int_school_references_resolved') }}
),

sites as (
    select * from {{ ref('int_sites_placed') }}
),

cells as (
    select * from {{ ref('int_cells_current') }}
),

reported as (
    select distinct
        school_year,
        school_code
    from cells
    where dataset = 'conditions'
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
    select
        'D301' as rule_code,
        school_year,
        school_code
    from sites
    where
        is_provisional
        and not exists (
            select 1 from resolved
            where resolved.method = 'ambiguous'
                and resolved.school_year = sites.school_year
                and resolved.school_code = sites.school_code
        )
    union all by name
    select
        case method when 'ambiguous' then 'D302' else 'D305' end as rule_code,
        school_year,
        school_code,
        school_ref as found,
        school_ref as subject_key
    from resolved
    where
        method = 'restored_zero'
        or (
            method = 'ambiguous'
            and exists (
                select 1 from sites
                where sites.school_year = resolved.school_year and sites.school_code = resolved.school_code
            )
        )
    union all by name
    select
        'D303' as rule_code,
        school_year,
        school_code,
        cast(register_year as varchar) as found
    from sites
    where register_year <> school_year
    union all by name
    select
        'D304' as rule_code,
        school_year,
        school_code,
        'schools' as dataset,
        coalesce(parent_ref, '') as found,
        import_id,
        file_name,
        sheet_name,
        source_row
    from sites
    where not is_counted and counted_code = school_code
    union all by name
    select
        'D316' as rule_code,
        before.school_year + 1 as school_year,
        before.school_code,
        'conditions' as dataset,
        cast(before.school_year as varchar) as expected
    from reported as before
    left join reported as today
        on before.school_year + 1 = today.school_year
            and before.school_code = today.school_code
    where
        today.school_code is null
        and before.school_year + 1 in (select reported.school_year from reported)
    union all by name
    select
        'D318' as rule_code,
        cells.school_year,
        cells.school_code,
        cells.stage,
        any_value(cells.dataset) as dataset,
        any_value(cells.import_id) as import_id,
        any_value(cells.file_name) as file_name,
        any_value(cells.sheet_name) as sheet_name,
        min(cells.source_row) as source_row
    from cells
    inner join sites
        on cells.school_year = sites.school_year
            and cells.school_code = sites.school_code
    inner join {{ ref('stage_weights') }} as weights
        on sites.school_type = weights.school_type
            and cells.stage = weights.stage
    where not weights.is_expected and cells.value > 0 and sites.scope_rule in ('counted', 'teaching_point')
    group by cells.school_year, cells.school_code, cells.stage
    union all by name
    select
        'D322' as rule_code,
        school_year,
        null as school_code,
        'targets' as dataset,
        concat_ws(' ', indicator_code, target_kind) as found,
        concat_ws(' ', stage, indicator_code, target_kind) as subject_key,
        import_id,
        file_name,
        sheet_name,
        source_row
    from targets
    where
        indicator_code not in (select indicators.indicator_code from indicators)
        or (indicator_code = 'R0' and target_kind <> '达标学校比例')
        or target_kind not in ('差异系数', '达标学校比例', '县均值')
)

select * from final
