{#
    The limits of each item in force on 1 September, by standard: a standard's own row, else the one for all.
    Rows of a dated exception stand beside the limit they soften, under its code.
#}

with

limits as (
    select * from {{ ref('item_limits') }}
),

standards as (
    select standard_code from {{ ref('standards') }}
),

years as (
    select distinct school_year from {{ ref('int_sites_placed') }}
),

final as (
    select
        years.school_year,
        standards.standard_code,
        limits.item_code,
        limits.limit_code,
        limits.stage,
        limits.exception_code,
        limits.value,
        limits.unit
    from limits
    inner join standards on limits.standard_code in (standards.standard_code, '*')
    inner join years on make_date(years.school_year, 9, 1) between limits.valid_from and limits.valid_to
    qualify row_number() over (
            partition by
                years.school_year,
                standards.standard_code,
                limits.item_code,
                limits.limit_code,
                limits.stage,
                limits.exception_code
            order by limits.standard_code = '*', limits.valid_from desc
        ) = 1
)

select * from final
