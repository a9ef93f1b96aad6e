{# Where the roster disagrees with declared counts or with itself (rules D306, D317, D319, D320, D344). #}

with

teachers as (
    select
        roster.*,
        sites.scope_rule
    from {{ ref('int_teachers_current') }} as roster
    inner join {{ ref('int_sites_placed') }} as sites using (school_year, school_code)
),

listed as (
    select
        school_year,
        site_code,
        stage,
        measure,
        sum(amount) as amount,
        count(case when amount is null then 1 end) as unknown_count
    from {{ ref('int_staff_listed') }}
    group by school_year, site_code, stage, measure
),

compared as (
    select
        declared.school_year,
        declared.site_code as school_code,
        declared.stage,
        declared.measure,
        sum(declared.amount) as declared,
        coalesce(any_value(listed.amount), 0) as found
    from {{ ref('int_staff_declared') }} as declared
    left join listed using (school_year, site_code, stage, measure)
    where coalesce(listed.unknown_count, 0) = 0 and declared.measure <> 'mid_title_teachers'
        and (declared.school_year, declared.site_code) in (select (school_year, school_code) from teachers)
    group by declared.school_year, declared.site_code, declared.stage, declared.measure
),

counted as (
    select * from {{ ref('int_teachers_counted') }}
    where place = 'own' and is_counted
),

shared as (
    select
        counted.*,
        others.school_code as other_code
    from counted
    inner join counted as others using (school_year, teacher_key)
    where counted.school_code < others.school_code
),

flagged as (
    select
        *,
        count(*) over (partition by school_year, school_code, duty_status) as same_duty,
        count(*) over (partition by school_year, school_code, stage) as same_stage,
        duty_status not in (select duties.duty_status from {{ ref('duty_statuses') }} as duties) as is_duty_unknown,
        (school_year, school_code, stage) not in (
            select (stages.school_year, stages.site_code, stages.stage)
            from {{ ref('int_site_stages_reported') }} as stages
        ) as is_misplaced
    from teachers
),

final as (
    {{ finding('D306', 'compared', 'abs(declared - found) > 1e-6', dataset="'teachers'", stage='stage',
        item='measure', found=figure_text('found'), expected=figure_text('declared')) }}
    union all by name
    {{ finding('D317', 'shared', 'true', dataset="'teachers'", source=true, found='teacher_tail',
        expected_code='other_code', subject_key='md5(teacher_key || other_code)') }}
    union all by name
    {{ finding('D319', 'listed', "measure = 'qualified_teachers' and unknown_count > 0", school='site_code',
        dataset="'teachers'", stage='stage', item='measure', found=figure_text('unknown_count')) }}
    union all by name
    {{ finding('D320', 'flagged', 'is_duty_unknown', dataset="'teachers'",
        found=figure_text('same_duty'), expected='duty_status', subject_key='duty_status') }}
    union all by name
    {{ finding('D344', 'flagged', "is_counted and is_misplaced and scope_rule = 'counted'", dataset="'teachers'",
        stage='stage', found=figure_text('same_stage')) }}
)

select * from final
