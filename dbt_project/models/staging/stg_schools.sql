with

landed as (
    {{ live_rows('schools') }}
),

final as (
    select
        cast(school_year as integer) as school_year,
        nullif(trim(school_code), '') as school_code,
        school_name,
        {{ normal_name('school_name') }} as name_key,
        school_type,
        ownership,
        sponsor_code,
        area_type,
        township,
        cast(is_boarding as boolean) as is_boarding,
        cast(is_counted as boolean) as is_counted,
        {{ normal_name('parent_ref') }} as parent_ref,
        cast(established_year as integer) as established_year,
        cast(longitude as double) as longitude,
        cast(latitude as double) as latitude,
        former_names,
        {{ provenance_columns() }}
    from landed
)

select * from final
