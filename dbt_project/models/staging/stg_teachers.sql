with

landed as (
    {{ live_rows('teachers') }}
),

final as (
    select
        cast(school_year as integer) as school_year,
        md5(teacher_id) as teacher_key,
        right(teacher_id, 4) as teacher_tail,
        {{ normal_name('school_ref') }} as school_ref,
        stage,
        cast(is_full_time as boolean) as is_full_time,
        education,
        title,
        backbone_level,
        {{ normal_name('subject') }} as subject,
        cast(birth_month as date) as birth_month,
        duty_status,
        {{ provenance_columns() }}
    from landed
)

select * from final
