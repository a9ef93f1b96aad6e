with

landed as (
    {{ live_rows('county_profile') }}
),

final as (
    select
        cast(school_year as integer) as school_year,
        field,
        cast(value as double) as value,
        unit,
        {{ provenance_columns() }}
    from landed
    qualify row_number() over (
            partition by school_year, field
            order by import_seq desc, file_name asc, sheet_name asc, row_number asc
        ) = 1
)

select * from final
