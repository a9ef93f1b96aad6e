with

landed as (
    {{ live_rows('consortium_members') }}
),

final as (
    select
        cast(school_year as integer) as school_year,
        consortium_code,
        consortium_name,
        kind,
        mode,
        {{ normal_name('school_ref') }} as school_ref,
        role,
        cast(joined_on as date) as joined_on,
        cast(left_on as date) as left_on,
        round,
        {{ provenance_columns() }}
    from landed
)

select * from final
