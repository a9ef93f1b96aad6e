{#
    Each school's value of each measure in each period, with its consortiums and role; outside all of them the code is
    null. A school's marks are its mean standard score, over the grades of a stage that sat the subject.
#}

with

years as (
    select * from {{ ref('dim_school_year') }}
),

valued as (
    select
        figures.school_year,
        cast(figures.school_year as varchar) as period,
        make_date(figures.school_year, 9, 1) as period_date,
        false as is_exam,
        figures.indicator_code as measure,
        figures.stage,
        figures.school_code,
        yardsticks.scale,
        figures.numerator,
        figures.denominator,
        figures.value,
        figures.previous_value,
        figures.status
    from {{ ref('fct_school_indicator') }} as figures
    inner join years
        on figures.school_year = years.school_year and figures.standard_code = years.default_standard_code
    inner join {{ ref('int_yardsticks_dated') }} as yardsticks
        on figures.standard_code = yardsticks.standard_code
            and figures.school_year = yardsticks.school_year
            and figures.stage = yardsticks.stage
            and figures.indicator_code = yardsticks.indicator_code
),

examined as (
    select
        exams.school_year,
        exams.exam_code as period,
        coalesce(exams.exam_date, make_date(exams.school_year, 9, 1)) as period_date,
        true as is_exam,
        'z_' || marks.subject as measure,
        case when marks.grade <= 6 then 'primary' when marks.grade <= 9 then 'junior' else 'senior' end as stage,
        marks.school_code,
        1.0e0 as scale,
        sum(marks.z_mean * marks.takers) as numerator,
        cast(sum(marks.takers) as double) as denominator,
        sum(marks.z_mean * marks.takers) / sum(marks.takers) as value,
        null as previous_value,
        null as status
    from {{ ref('fct_exam_school') }} as marks
    inner join {{ ref('dim_exam') }} as exams on marks.exam_code = exams.exam_code
    where marks.z_mean is not null and marks.takers > 0
    group by exams.school_year, exams.exam_code, exams.exam_date, marks.subject, stage, marks.school_code
),

measured as (
    select * from valued
    union all by name
    select * from examined
),

members as (
    select * from {{ ref('int_consortium_members_yearly') }}
),

final as (
    select
        measured.*,
        members.consortium_code,
        members.role
    from measured
    left join members on measured.school_year = members.school_year and measured.school_code = members.school_code
)

select * from final
