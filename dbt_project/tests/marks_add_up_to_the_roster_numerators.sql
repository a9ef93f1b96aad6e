-- What: where the roster decides, the teachers of fct_teacher_mark with a mark are the numerator of its indicator.
-- Why it matters: an exchange plan moves these teachers; its figures would be wrong if they were not these numbers.
-- How to resolve: compare fct_teacher_mark with int_staff_listed for the rows shown.
with

marks as (
    select * from {{ ref('fct_teacher_mark') }}
),

figures as (
    select
        facts.*,
        indicators.numerator_measure
    from {{ ref('fct_school_indicator') }} as facts
    inner join {{ ref('indicators') }} as indicators on facts.indicator_code = indicators.indicator_code
    where facts.input_source = 'roster' and facts.value is not null and facts.exception_code is null
),

counted as (
    select
        school_year,
        school_code,
        stage,
        sum(cast(is_qualified as integer)) as qualified_teachers,
        sum(cast(is_backbone as integer)) as backbone_teachers,
        sum(cast(is_pe_arts as integer)) as pe_arts_teachers,
        count(*) as full_time_teachers
    from marks
    group by school_year, school_code, stage
),

compared as (
    select
        figures.standard_code,
        figures.school_year,
        figures.school_code,
        figures.stage,
        figures.indicator_code,
        figures.numerator,
        case figures.numerator_measure
            when 'qualified_teachers' then counted.qualified_teachers
            when 'backbone_teachers' then counted.backbone_teachers
            when 'pe_arts_teachers' then counted.pe_arts_teachers
            else counted.full_time_teachers
        end as counted_by_mark
    from figures
    left join counted
        on figures.school_year = counted.school_year
            and figures.school_code = counted.school_code
            and figures.stage = counted.stage
    where figures.numerator_measure in (
            'qualified_teachers', 'backbone_teachers', 'pe_arts_teachers', 'full_time_teachers'
        )
)

select * from compared
where numerator <> coalesce(counted_by_mark, 0)
