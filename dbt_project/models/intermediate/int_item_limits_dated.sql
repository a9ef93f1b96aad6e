{#
    The limits of each item on 1 September, by standard: a standard's own row, else the one for all; in a year before
    the first, the nearest. Rows of a dated exception stand, in their years, beside the limit they soften.
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
    inner join years
        on limits.exception_code is null
            or make_date(years.school_year, 9, 1) between limits.valid_from and limits.valid_to
    qualify row_number() over (
            partition by
                years.school_year,
                standards.standard_code,
                limits.item_code,
                limits.limit_code,
                limits.stage,
                limits.exception_code
            order by
                not make_date(years.school_year, 9, 1) between limits.valid_from and limits.valid_to,
                limits.standard_code = '*',
                abs(limits.valid_from - make_date(years.school_year, 9, 1))
        ) = 1
)

select * from final
