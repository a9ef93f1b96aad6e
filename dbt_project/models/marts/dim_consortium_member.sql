with

members as (
    select * from {{ ref('int_consortium_members_yearly') }}
),

schools as (
    select * from {{ ref('dim_school') }}
),

scopes as (
    select
        school_year,
        school_code,
        sum(students) as students
    from {{ ref('int_school_stages_merged') }}
    group by school_year, school_code
),

compliance as (
    select
        facts.school_year,
        facts.school_code,
        min(facts.indicators_met) as indicators_met,
        arg_max(facts.verdict, case facts.verdict when 'not_compliant' then 3 when 'incomplete' then 2 else 1 end)
            as verdict
    from {{ ref('fct_school_compliance') }} as facts
    inner join {{ ref('dim_school_year') }} as years
        on facts.school_year = years.school_year and facts.standard_code = years.default_standard_code
    group by facts.school_year, facts.school_code
),

placed as (
    select
        members.*,
        schools.* exclude (school_year, school_code),
        scopes.students,
        compliance.indicators_met,
        compliance.verdict
    from members
    left join schools on members.school_year = schools.school_year and members.school_code = schools.school_code
    left join scopes on members.school_year = scopes.school_year and members.school_code = scopes.school_code
    left join compliance
        on members.school_year = compliance.school_year and members.school_code = compliance.school_code
),

leads as (
    select
        consortium_code,
        school_year,
        min(longitude) as longitude,
        min(latitude) as latitude
    from placed
    where role = '牵头'
    group by consortium_code, school_year
    having count(*) = 1
),

final as (
    select
        placed.consortium_code,
        placed.school_year,
        placed.school_code,
        coalesce(placed.school_name, placed.school_code) as school_name,
        placed.role,
        placed.joined_on,
        placed.left_on,
        placed.as_at,
        placed.round,
        placed.school_type,
        placed.ownership,
        placed.area_type,
        placed.township,
        placed.longitude,
        placed.latitude,
        {{ kilometres('placed', 'leads') }} as distance_km,
        placed.stages,
        placed.students,
        placed.full_time_teachers,
        placed.indicators_met,
        placed.verdict,
        placed.is_beyond_county
    from placed
    left join leads
        on placed.consortium_code = leads.consortium_code and placed.school_year = leads.school_year
)

select * from final
