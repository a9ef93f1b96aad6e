with

scopes as (
    select * from {{ ref('fct_school_scope') }}
    where in_scope
),

members as (
    select distinct
        school_year,
        school_code
    from {{ ref('int_consortium_members_yearly') }}
),

duties as (
    select * from {{ ref('fct_consortium_duty') }}
    where required is not null and not is_optional and not is_in_progress and not contains(period, 'year')
),

schools as (
    select
        scopes.school_year,
        scopes.school_code,
        sum(scopes.students) as students,
        any_value(members.school_code) is not null as is_covered
    from scopes
    left join members on scopes.school_year = members.school_year and scopes.school_code = members.school_code
    group by scopes.school_year, scopes.school_code
),

covered as (
    select
        school_year,
        count(*) as schools,
        count(case when is_covered then 1 end) as schools_covered,
        sum(students) as students,
        coalesce(sum(case when is_covered then students end), 0) as students_covered
    from schools
    group by school_year
),

last_terms as (
    select
        school_year,
        max(term) as term
    from duties
    group by school_year
),

behind as (
    select
        duties.school_year,
        any_value(duties.term) as term,
        count(*) as duties_owed,
        count(case when duties.status in ('near', 'below') then 1 end) as duties_behind,
        count(case when duties.status = 'missing' then 1 end) as duties_missing
    from duties
    inner join last_terms using (school_year, term)
    group by duties.school_year
),

consortiums as (
    select
        school_year,
        count(distinct consortium_code) as consortiums
    from {{ ref('int_consortium_members_yearly') }}
    group by school_year
),

final as (
    select
        consortiums.school_year,
        cast(consortiums.consortiums as integer) as consortiums,
        cast(covered.schools as integer) as schools,
        cast(covered.schools_covered as integer) as schools_covered,
        covered.schools_covered / nullif(covered.schools, 0) as school_share,
        covered.students_covered / nullif(covered.students, 0) as student_share,
        behind.term,
        cast(behind.duties_owed as integer) as duties_owed,
        cast(behind.duties_behind as integer) as duties_behind,
        cast(behind.duties_missing as integer) as duties_missing
    from consortiums
    left join covered using (school_year)
    left join behind using (school_year)
)

select * from final
