with

landed as (
    {{ live_rows('rooms') }}
),

final as (
    select
        cast(school_year as integer) as school_year,
        {{ normal_name('school_ref') }} as school_ref,
        room_kind,
        cast(ordinal as integer) as ordinal,
        cast(area_m2 as double) as area_m2,
        {{ provenance_columns() }}
    from landed
)

select * from final
