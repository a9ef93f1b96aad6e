{# Conditions that do not go with the year before (rules D315, D316, D331–D333). #}

with

cells as (
    select * from {{ ref('int_cells_current') }}
    where dataset = 'conditions'
),

totals as (
    {{ given('cells') }}
),

pupils as (
    select
        today.school_year,
        today.school_code,
        today.total as found,
        before.total as expected
    from {{ with_year_before('totals', ['field']) }}
    where today.field = 'students'
),

paired as (
    select
        today.*,
        before.value as value_before,
        pupils.found as pupils,
        pupils.expected as pupils_before,
        {{ times_apart('today.value', 'before.value') }} as times,
        {{ times_apart('today.value / nullif(pupils.found, 0)', 'before.value / nullif(pupils.expected, 0)') }}
            as times_a_pupil
    from {{ with_year_before('cells', ['stage', 'field']) }}
    left join pupils on today.school_year = pupils.school_year and today.school_code = pupils.school_code
    where today.field not in ('students', 'class_count', 'migrant_students')
),

copied as (
    select
        school_year,
        school_code,
        count(case when value > 0 then 1 end) as cells,
        any_value(pupils) as pupils,
        any_value(pupils_before) as pupils_before
    from paired
    where pupils <> pupils_before
    group by school_year, school_code
    having bool_and(value is not distinct from value_before)
),

absent as (
    select distinct
        school_year + 1 as school_year,
        school_code,
        school_year as year_before
    from cells
    where
        (school_year + 1, school_code) not in (select (others.school_year, others.school_code) from cells as others)
        and school_year + 1 in (select others.school_year from cells as others)
),

final as (
    {{ finding('D315', 'paired', 'least(times, coalesce(times_a_pupil, times)) >= '
        ~ parameter('magnitude_ratio', row='paired'), dataset='dataset', stage='stage', item='field', source=true,
        found=figure_text('value'), expected=figure_text('value_before')) }}
    union all by name
    {{ finding('D316', 'absent', 'true', dataset="'conditions'", expected='cast(year_before as varchar)') }}
    union all by name
    {{ finding('D331', 'pupils', large_change('pupils', 'found', 'expected'), dataset="'conditions'",
        found=figure_text('found'), expected=figure_text('expected')) }}
    union all by name
    {{ finding('D332', 'copied', 'cells >= ' ~ parameter('copied_cells', row='copied'), dataset="'conditions'",
        found=figure_text('pupils'), expected=figure_text('pupils_before')) }}
    union all by name
    {{ finding('D333', 'paired', 'value = 0 and value_before > 0', dataset='dataset', stage='stage', item='field',
        expected=figure_text('value_before'), source=true) }}
)

select * from final
