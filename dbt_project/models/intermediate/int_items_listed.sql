{# Each item of each standard in the years it is in force. #}

with

items as (
    select
        *,
        unnest(string_split(standard_codes, '|')) as standard_code
    from {{ ref('items') }}
),

years as (
    select distinct school_year from {{ ref('int_sites_placed') }}
),

final as (
    select
        years.school_year,
        items.* exclude (standard_codes)
    from items
    cross join years
)

select * from final
