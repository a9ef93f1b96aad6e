{#
    Declared staff cells that make up each measure of a site and stage. A blank cell makes the measure
    missing, unless the stated parts by education already add up to the full-time teachers.
#}

with

cells as (
    select * from {{ ref('int_cells_current') }}
    where dataset = 'staff_counts'
),

inputs as (
    select * from {{ ref('measure_inputs') }}
),

educations as (
    select field from {{ ref('education_levels') }}
),

balanced as (
    select
        school_year,
        school_code,
        stage,
        coalesce(
            abs(
                sum(case when field in (select field from educations) then value end)
                - max(case when field = 'full_time_teachers' then value end)
            ) < 1e-6,
            false
        ) as blanks_are_zero
    from cells
    group by school_year, school_code, stage
),

parts as (
    select
        cells.*,
        inputs.measure,
        inputs.alternative,
        balanced.blanks_are_zero and inputs.measure in ('qualified_teachers', 'full_time_teachers') as may_be_blank
    from cells
    inner join inputs
        on cells.field = inputs.field
            and coalesce(inputs.stage, cells.stage) = cells.stage
    inner join balanced
        on cells.school_year = balanced.school_year
            and cells.school_code = balanced.school_code
            and cells.stage = balanced.stage
),

judged as (
    select
        *,
        case
            when measure = 'pe_arts_teachers' and alternative = 2
                then count(case when field = 'pe_teachers' then value end) over alternatives = 1
                    and (
                        count(case when field = 'arts_teachers' then value end) over alternatives = 1
                        or count(case when field in ('music_teachers', 'art_teachers') then value end) over alternatives
                        = 2
                    )
            else count(*) over alternatives = count(value) over alternatives or bool_or(may_be_blank) over alternatives
        end as is_usable
    from parts
    window alternatives as (partition by school_year, school_code, stage, measure, alternative)
),

final as (
    select
        school_year,
        school_code as site_code,
        stage,
        measure,
        field,
        coalesce(value, 0) as amount,
        is_corrected,
        original_value,
        correction_reason,
        dataset,
        import_id,
        file_name,
        sheet_name,
        source_row,
        column_name,
        raw_value
    from judged
    where is_usable
    qualify alternative = min(alternative) over (partition by school_year, school_code, stage, measure)
)

select * from final
