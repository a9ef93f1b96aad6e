with

landed as (
    {{ live_rows('targets') }}
),

final as (
    select
        cast(school_year as integer) as school_year,
        stage,
        indicator_code,
        target_kind,
        cast(target as double) as target,
        source,
        {{ provenance_columns() }}
    from landed
    qualify row_number() over (
            partition by school_year, stage, indicator_code, target_kind
            order by import_seq desc, file_name asc, sheet_name asc, row_number asc
        ) = 1
)

select * from final
