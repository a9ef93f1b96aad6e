with

landed as (
    {{ live_rows('conditions') }}
),

final as (
    select
        cast(school_year as integer) as school_year,
        {{ normal_name('school_ref') }} as school_ref,
        stage,
        field,
        cast(value as double) as value,
        raw_value,
        column_name,
        {{ provenance_columns() }}
    from landed
)

select * from final
