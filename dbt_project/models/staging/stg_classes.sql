with

landed as (
    {{ live_rows('classes') }}
),

final as (
    select
        cast(school_year as integer) as school_year,
        {{ normal_name('school_ref') }} as school_ref,
        stage,
        cast(grade as integer) as grade,
        class_name,
        cast(students as double) as students,
        {{ provenance_columns() }}
    from landed
)

select * from final
