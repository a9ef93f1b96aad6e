with

members as (
    select * from {{ ref('dim_consortium_member') }}
),

duties as (
    select * from {{ ref('fct_consortium_duty') }}
),

gaps as (
    select * from {{ ref('fct_consortium_gap') }}
    where not is_exam
),

scores as (
    select distinct
        consortium_code,
        school_year,
        total_score,
        weight_scored,
        weight_all
    from {{ ref('fct_consortium_score') }}
    where school_code = 'all'
),

satisfaction as (
    select * from {{ ref('fct_satisfaction') }}
    where scope = 'consortium' and respondents = 'all'
),

pupils as (
    select
        school_year,
        sum(students) as county_students
    from {{ ref('fct_school_scope') }}
    where in_scope
    group by school_year
),

inside as (
    select
        members.consortium_code,
        members.school_year,
        sum(scopes.students) as compulsory_students
    from members
    inner join {{ ref('fct_school_scope') }} as scopes
        on members.school_year = scopes.school_year and members.school_code = scopes.school_code
    where scopes.in_scope
    group by members.consortium_code, members.school_year
),

enrolled as (
    select
        consortium_code,
        school_year,
        min(as_at) as as_at,
        count(*) as schools,
        count(case when is_beyond_county then 1 end) as schools_beyond_county,
        string_agg(case when role = '牵头' then school_name end, '、' order by school_code) as lead_name,
        min(case when role = '牵头' then school_code end) as lead_code,
        sum(students) as students,
        sum(full_time_teachers) as full_time_teachers
    from members
    group by consortium_code, school_year
),

dutiful as (
    select
        consortium_code,
        school_year,
        count(*) as duties_owed,
        count(case when status = 'met' then 1 end) as duties_met,
        count(case when status in ('near', 'below') then 1 end) as duties_behind,
        avg(completion) as duty_completion
    from duties
    where required is not null and not is_optional
    group by consortium_code, school_year
),

exchange as (
    select * from {{ ref('int_consortium_exchange_summed') }}
),

trends as (
    select
        consortium_code,
        school_year,
        count(case when trend = 'closing' then 1 end) as gaps_closing,
        count(case when trend = 'steady' then 1 end) as gaps_steady,
        count(case when trend = 'widening' then 1 end) as gaps_widening
    from gaps
    group by consortium_code, school_year
),

final as (
    select
        enrolled.consortium_code,
        enrolled.school_year,
        enrolled.as_at,
        enrolled.lead_code,
        enrolled.lead_name,
        cast(enrolled.schools as integer) as schools,
        cast(enrolled.schools_beyond_county as integer) as schools_beyond_county,
        enrolled.students,
        enrolled.full_time_teachers,
        inside.compulsory_students,
        inside.compulsory_students / nullif(pupils.county_students, 0) as student_share,
        cast(coalesce(dutiful.duties_owed, 0) as integer) as duties_owed,
        cast(coalesce(dutiful.duties_met, 0) as integer) as duties_met,
        cast(coalesce(dutiful.duties_behind, 0) as integer) as duties_behind,
        dutiful.duty_completion,
        cast(coalesce(trends.gaps_closing, 0) as integer) as gaps_closing,
        cast(coalesce(trends.gaps_steady, 0) as integer) as gaps_steady,
        cast(coalesce(trends.gaps_widening, 0) as integer) as gaps_widening,
        exchange.exchanged,
        exchange.exchange_rate,
        exchange.exchanged_inside,
        exchange.lead_sent,
        exchange.lead_sent_backbone,
        exchange.lead_received,
        satisfaction.satisfied_rate,
        scores.total_score,
        scores.weight_scored,
        scores.weight_all
    from enrolled
    left join inside using (consortium_code, school_year)
    left join pupils using (school_year)
    left join dutiful using (consortium_code, school_year)
    left join exchange using (consortium_code, school_year)
    left join trends using (consortium_code, school_year)
    left join scores using (consortium_code, school_year)
    left join satisfaction
        on enrolled.consortium_code = satisfaction.scope_code and enrolled.school_year = satisfaction.school_year
)

select * from final
