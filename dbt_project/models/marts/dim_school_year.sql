with

sites as (
    select distinct school_year from {{ ref('int_sites_placed') }}
),

standards as (
    select * from {{ ref('standards') }}
),

final as (
    select
        sites.school_year,
        format('{}—{}学年', sites.school_year, sites.school_year + 1) as label,
        (
            select arg_min(standards.standard_code, standards.sort_order)
            from standards
            where not standards.is_example
                and make_date(sites.school_year, 9, 1) between standards.valid_from and standards.valid_to
        ) as default_standard_code,
        sites.school_year - 1 in (select before.school_year from sites as before) as has_previous
    from sites
)

select * from final
