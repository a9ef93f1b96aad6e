with

landed as (
    {{ live_rows('exchanges') }}
),

final as (
    select
        cast(school_year as integer) as school_year,
        md5(teacher_id) as teacher_key,
        right(teacher_id, 4) as teacher_tail,
        {{ normal_name('school_ref') }} as school_ref,
        {{ normal_name('to_school_ref') }} as to_school_ref,
        exchange_type,
        cast(start_date as date) as start_date,
        cast(end_date as date) as end_date,
        {{ provenance_columns() }}
    from landed
)

select * from final
