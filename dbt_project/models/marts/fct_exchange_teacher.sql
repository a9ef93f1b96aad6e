with

stays as (
    select * from {{ ref('int_exchanges_described') }}
),

pool as (
    select * from {{ ref('int_exchange_pool_decided') }}
),

final as (
    select
        stays.school_year,
        cast(row_number() over (
            partition by stays.school_year
            order by stays.from_code, stays.teacher_tail, stays.teacher_key, stays.start_date, stays.to_code
        ) as integer) as ordinal,
        stays.from_school as from_school_code,
        stays.to_school as to_school_code,
        stays.teacher_tail,
        stays.exchange_type,
        stays.start_date,
        stays.end_date,
        stays.stage,
        stays.subject_group,
        stays.is_counted,
        stays.is_deciding,
        stays.is_backbone,
        pool.is_eligible_by_rule,
        stays.dataset as source_dataset
    from stays
    left join pool
        on stays.school_year = pool.school_year and stays.teacher_key = pool.teacher_key and stays.is_deciding
)

select * from final
