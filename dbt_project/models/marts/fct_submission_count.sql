with

submissions as (
    select * from {{ ref('fct_submission') }}
),

final as (
    select
        school_year,
        dataset,
        cast(count(*) as integer) as owed,
        cast(count(case when status = 'received' then 1 end) as integer) as received
    from submissions
    group by school_year, dataset
)

select * from final
