{# One row a teacher of a year's pool with the exchange conditions as they stand on 1 September after it. #}

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
        * exclude (exchange_years, max_age),
        {{ meets_conditions('joined_month', 'age_next', 'exchange_years', 'max_age', 'first_day') }} as is_eligible_next
    from dated
)

select * from final
