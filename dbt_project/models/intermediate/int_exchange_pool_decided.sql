{#
    One row a teacher and year of the pool: full-time teachers of the compulsory stages of public schools, each
    once, and whoever was exchanged in the year, at the sending school. A teacher of whom an exchange from a
    school is known keeps the earliest month in which any roster lets the teacher join that school.
#}

with

listed as (
    select * from {{ ref('int_roster_listings_placed') }}
),

stays as (
    select * from {{ ref('int_exchanges_described') }}
),

sites as (
    select * from {{ ref('int_sites_placed') }}
),

years as (
    select
        school_year,
        {{ parameter('exchange_years') }} as exchange_years,
        {{ parameter('exchange_max_age') }} as max_age,
        make_date(school_year, 9, 1) as first_day
    from (select distinct sites.school_year from sites) as known
),

starts as (
    select
        teacher_key,
        school_code,
        min(joined_month) as joined_month
    from listed
    group by teacher_key, school_code
),

first_stays as (
    select
        teacher_key,
        from_school as school_code,
        min(school_year) as first_year
    from stays
    group by teacher_key, from_school
),

exchanged as (
    select
        school_year,
        teacher_key,
        teacher_tail,
        from_code as site_code,
        from_school as school_code,
        stage,
        subject,
        subject_group,
        birth_month,
        null as joined_month,
        is_backbone,
        true as is_exchanged
    from stays
    where is_deciding
),

present as (
    select
        listed.school_year,
        listed.teacher_key,
        listed.teacher_tail,
        listed.site_code,
        listed.school_code,
        listed.stage,
        listed.subject,
        listed.subject_group,
        listed.birth_month,
        listed.joined_month,
        listed.is_backbone,
        false as is_exchanged
    from listed
    inner join sites on listed.school_year = sites.school_year and listed.site_code = sites.school_code
    left join sites as parents
        on listed.school_year = parents.school_year and listed.school_code = parents.school_code
    where listed.is_counted
        and listed.is_compulsory
        and coalesce(parents.ownership, sites.ownership, '公办') = '公办'
        and (listed.school_year, listed.teacher_key) not in (select (school_year, teacher_key) from exchanged)
        and (listed.school_year, listed.teacher_key, listed.school_code) not in (
            select (stays.school_year, stays.teacher_key, stays.to_school) from stays
            where stays.is_counted
        )
    qualify row_number() over (
            partition by listed.school_year, listed.teacher_key
            order by listed.joined_month desc nulls last, listed.site_code asc
        ) = 1
),

pooled as (
    select * from exchanged
    union all by name
    select * from present
),

dated as (
    select
        pooled.* exclude (joined_month),
        case when first_stays.first_year <= pooled.school_year then starts.joined_month else pooled.joined_month end
            as joined_month,
        {{ age_on('pooled.birth_month', 'years.first_day') }} as age,
        years.exchange_years,
        years.max_age,
        years.first_day
    from pooled
    inner join years on pooled.school_year = years.school_year
    left join first_stays
        on pooled.teacher_key = first_stays.teacher_key and pooled.school_code = first_stays.school_code
    left join starts on pooled.teacher_key = starts.teacher_key and pooled.school_code = starts.school_code
),

final as (
    select
        * exclude (exchange_years, max_age, first_day),
        {{ meets_conditions('joined_month', 'age', 'exchange_years', 'max_age', 'first_day') }} as is_eligible_by_rule,
        is_exchanged or ({{ meets_conditions('joined_month', 'age', 'exchange_years', 'max_age', 'first_day') }})
            as is_eligible
    from dated
)

select * from final
