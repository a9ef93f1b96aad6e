with

county as (
    select * from {{ ref('county') }}
),

final as (
    select
        coalesce(max(case when key = 'county_name' then value end), '') as county_name,
        max(case when key = 'province' then value end) as province,
        coalesce(max(case when key = 'is_demonstration' then value end) = 'true', false) as is_demonstration,
        coalesce(max(case when key = 'statistics_date' then value end), '09-01') as statistics_date,
        max(case when key = 'note' then value end) as note
    from county
)

select * from final
