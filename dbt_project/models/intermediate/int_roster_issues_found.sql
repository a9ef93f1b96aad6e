{# Where rosters of teachers and classes disagree with declared counts (rules D306–D308, D317, D319, D320). #}

with

teachers as (
    select * from {{ ref('int_teachers_current') }}
),

declared as (
    select
        school_year,
        site_code as school_code,
        stage,
        measure,
        sum(amount) as amount
    from {{ ref('int_staff_declared') }}
    where measure in ('full_time_teachers', 'qualified_teachers', 'backbone_teachers', 'pe_arts_teachers')
    group by school_year, site_code, stage, measure
),

listed as (
    select
        school_year,
        site_code as school_code,
        stage,
        measure,
        sum(amount) as amount,
        bool_and(amount is not null) as is_known,
        count(case when amount is null then 1 end) as unknown_count
    from {{ ref('int_staff_listed') }}
    group by school_year, site_code, stage, measure
),

rosters as (
    select distinct
        school_year,
        school_code
    from teachers
),

rolls as (
    select
        school_year,
        school_code,
        stage,
        sum(amount) as pupils,
        count(*) as classes
    from {{ ref('int_rolls_current') }}
    where dataset = 'classes'
    group by school_year, school_code, stage
),

conditions as (
    select * from {{ ref('int_cells_current') }}
    where dataset = 'conditions'
),

duties as (
    select duty_status from {{ ref('duty_statuses') }}
),

final as (
    select
        'D306' as rule_code,
        declared.school_year,
        declared.school_code,
        declared.stage,
        declared.measure as item,
        {{ figure_text('coalesce(listed.amount, 0)') }} as found,
        {{ figure_text('declared.amount') }} as expected,
        'teachers' as dataset
    from declared
    inner join rosters using (school_year, school_code)
    left join listed using (school_year, school_code, stage, measure)
    where coalesce(listed.is_known, true) and abs(declared.amount - coalesce(listed.amount, 0)) > 1e-6
    union all by name
    select
        case conditions.field when 'students' then 'D307' else 'D308' end as rule_code,
        conditions.school_year,
        conditions.school_code,
        conditions.stage,
        {{ figure_text("case conditions.field when 'students' then rolls.pupils else rolls.classes end") }} as found,
        {{ figure_text('conditions.value') }} as expected,
        'classes' as dataset
    from conditions
    inner join rolls using (school_year, school_code, stage)
    where
        (conditions.field = 'class_count' and conditions.value <> rolls.classes)
        or (
            conditions.field = 'students'
            and abs(conditions.value - rolls.pupils)
            > conditions.value * {{ parameter('class_pupils_tolerance', row='conditions') }}
        )
    union all by name
    select
        'D317' as rule_code,
        teachers.school_year,
        teachers.school_code,
        teachers.teacher_tail as found,
        others.school_code as expected_code,
        md5(teachers.teacher_key || others.school_code) as subject_key,
        'teachers' as dataset,
        teachers.import_id,
        teachers.file_name,
        teachers.sheet_name,
        teachers.source_row
    from teachers
    inner join teachers as others
        on teachers.school_year = others.school_year
            and teachers.teacher_key = others.teacher_key
            and teachers.school_code < others.school_code
    where teachers.is_counted and others.is_counted
    union all by name
    select
        'D319' as rule_code,
        school_year,
        school_code,
        stage,
        measure as item,
        {{ figure_text('unknown_count') }} as found,
        'teachers' as dataset
    from listed
    where measure = 'qualified_teachers' and unknown_count > 0
    union all by name
    select
        'D320' as rule_code,
        school_year,
        school_code,
        {{ figure_text('count(*)') }} as found,
        duty_status as expected,
        duty_status as subject_key,
        'teachers' as dataset
    from teachers
    where duty_status is not null and duty_status not in (select duties.duty_status from duties)
    group by school_year, school_code, duty_status
)

select * from final
