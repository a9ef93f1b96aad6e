with

pool as (
    select * from {{ ref('int_exchange_pool_decided') }}
),

coming as (
    select
        known.school_year - 1 as roster_year,
        {{ parameter('exchange_years', row='known') }} as exchange_years,
        {{ parameter('exchange_max_age', row='known') }} as max_age,
        make_date(known.school_year, 9, 1) as first_day
    from (select distinct pool.school_year + 1 as school_year from pool) as known
),

dated as (
    select
        pool.*,
        pool.age + 1 as age_next,
        coming.* exclude (roster_year)
    from pool
    inner join coming on pool.school_year = coming.roster_year
),

final as (
    select
        school_year,
        cast(row_number() over (
            partition by school_year order by school_code, joined_month, teacher_tail, teacher_key
        ) as integer) as ordinal,
        school_code,
        teacher_tail,
        stage,
        subject,
        subject_group,
        joined_month,
        cast(floor(datediff('month', joined_month, first_day) / 12) as integer) as tenure_years,
        is_backbone,
        is_exchanged,
        not is_eligible_by_rule as is_newly_eligible
    from dated
    where {{ meets_conditions('joined_month', 'age_next', 'exchange_years', 'max_age', 'first_day') }}
)

select * from final
